import { Phone } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/code.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/page.tsx';

/** What brings a number from anywhere in the browser into the dialler. Nothing here ever dials by itself. */
export function BrowserLinks() {
  const dialler = `${window.location.origin}/console/click?to=`;
  return (
    <div className="integrations-halves">
      <Panel title="tel: links">
        <p>
          Phone numbers on web pages are links. With this browser's consent they open the dialler here, with
          the number in it; you press Call.
        </p>
        <TelHandler dialler={dialler} />
      </Panel>
      <Panel title="Any number on any page">
        <p>
          Drag this into your bookmarks. Select a number on a page, press it, and the dialler opens with it.
        </p>
        <Bookmarklet dialler={dialler} />
      </Panel>
    </div>
  );
}

function TelHandler({ dialler }: { readonly dialler: string }) {
  const [problem, setProblem] = useState<string>();
  const [isAsked, setIsAsked] = useState(false);
  // Safari has none, and no browser has it on a page without TLS.
  if (!('registerProtocolHandler' in navigator))
    return (
      <Notice
        tone="note"
        says="This browser lets no page open tel: links."
        remedy="Chrome, Edge and Firefox do, over HTTPS. The bookmarklet works everywhere."
      />
    );
  const register = () => {
    try {
      navigator.registerProtocolHandler('tel', `${dialler}%s`);
      setIsAsked(true);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <div>
        <Button onPress={register}>
          <Phone size={16} aria-hidden />
          Open tel: links here
        </Button>
      </div>
      {problem !== undefined && <Notice tone="bad" says="The browser refused." remedy={problem} />}
      {isAsked && (
        <Notice tone="note" says="The browser asks you now." remedy="It can be taken back in its settings." />
      )}
    </>
  );
}

function Bookmarklet({ dialler }: { readonly dialler: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const code = `javascript:(s=>{if(s)open(${JSON.stringify(dialler)}+encodeURIComponent(s))})(String(getSelection()).trim()||prompt('Number'))`;
  // React writes no such address, and rightly: this one is there to be dragged away.
  useEffect(() => link.current?.setAttribute('href', code), [code]);
  return (
    <>
      <div>
        <a
          ref={link}
          href="#bookmarklet"
          className="button button-plain"
          onClick={(event) => event.preventDefault()}
        >
          Call the selection
        </a>
      </div>
      <Code label="The bookmarklet" text={code} wrap />
    </>
  );
}
