/**
 * The dialplan of a plain, hand-written Asterisk (extensions.conf).
 *
 * @param benchWaitSeconds how long the bench's extension `100` in context `default` holds a call
 */
export function plainDialplan(benchWaitSeconds: number): string {
  return `
[default]
exten => 100,1,Answer()
 same => n,Wait(${benchWaitSeconds})
 same => n,Hangup()

[internal]
exten => _1XX,1,Dial(PJSIP/\${EXTEN},60)
exten => 201,1,Dial(PJSIP/\${EXTEN},60)
exten => alice,1,Dial(PJSIP/\${EXTEN},60)
exten => sales.desk,1,Dial(PJSIP/\${EXTEN},60)
exten => *98,1,Answer()
 same => n,Echo()
exten => _8XX,1,Hangup(\${EXTEN:1})

[longdistance]
include => internal
exten => _1NXXNXXXXXX,1,Dial(PJSIP/\${EXTEN}@carrier,60)
exten => _+1NXXNXXXXXX,1,Dial(PJSIP/\${EXTEN}@carrier,60)

[from-carrier]
`;
}

/**
 * The part of the dialplan that behaves like FreePBX where click-to-call touches it: who the caller is gets looked up in
 * AstDB by `REALCALLERIDNUM` or the caller's number, calls leave with the user's own outbound number, and voicemail
 * answers unless the call came through `originate-skipvm`. FreePBX writes the same with Macro, which Asterisk 22 lacks.
 */
export const freepbxDialplan = `
[originate-skipvm]
exten => _.X,1,Set(__BLKVM_CHANNEL=\${CHANNEL})
 same => n,Set(SHARED(BLKVM,\${BLKVM_CHANNEL})=TRUE)
 same => n,Goto(from-internal,\${EXTEN},1)

[from-internal]
exten => _[1-5]XX,1,Gosub(user-callerid,s,1)
 same => n,Dial(PJSIP/\${EXTEN},15)
 same => n,GotoIf($["\${SHARED(BLKVM,\${BLKVM_CHANNEL})}" = "TRUE"]?blocked)
 same => n,NoOp(Voicemail of \${EXTEN})
 same => n,Answer()
 same => n,Wait(5)
 same => n(blocked),Hangup()
exten => _1NXXNXXXXXX,1,Gosub(user-callerid,s,1)
 same => n,Gosub(outbound-callerid,s,1)
 same => n,Dial(PJSIP/\${EXTEN}@carrier,60)
exten => _+1NXXNXXXXXX,1,Goto(from-internal,\${EXTEN:1},1)
exten => *98,1,Gosub(user-callerid,s,1)
 same => n,Answer()
 same => n,Echo()

[user-callerid]
exten => s,1,Set(AMPUSER=\${IF($["\${AMPUSER}" = ""]?\${CALLERID(number)}:\${AMPUSER})})
 same => n,GotoIf($[\${LEN(\${AMPUSERCIDNAME})} > 0]?done)
 same => n,ExecIf($["\${REALCALLERIDNUM:1:2}" = ""]?Set(REALCALLERIDNUM=\${CALLERID(number)}))
 same => n,Set(AMPUSER=\${DB(DEVICE/\${REALCALLERIDNUM}/user)})
 same => n,GotoIf($["\${AMPUSER}" = "none"]?refused)
 same => n,Set(AMPUSERCIDNAME=\${DB(AMPUSER/\${AMPUSER}/cidname)})
 same => n,GotoIf($["\${AMPUSERCIDNAME:1:2}" = ""]?done)
 same => n,Set(AMPUSERCID=\${IF($[\${DB_EXISTS(AMPUSER/\${AMPUSER}/cidnum)} = 1]?\${DB_RESULT}:\${AMPUSER})})
 same => n,Set(CALLERID(all)="\${AMPUSERCIDNAME}" <\${AMPUSERCID}>)
 same => n(done),Return()
 same => n(refused),Hangup(21)

[outbound-callerid]
exten => s,1,Set(USEROUTCID=\${DB(AMPUSER/\${AMPUSER}/outboundcid)})
 same => n,ExecIf($[\${LEN(\${USEROUTCID})} > 0]?Set(CALLERID(all)=\${USEROUTCID}))
 same => n,Return()
`;
