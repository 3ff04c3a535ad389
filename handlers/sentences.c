#include "handlers/sentences.h"

#include "core/language.h"
#include "core/phrase.h"
#include "lib/arena.h"
#include "lib/text.h"

static const char *const table[SENTENCE_COUNT][LANGUAGE_COUNT] = {
	[SAY_FORM] = { "格式:{}", "Form: {}" },
	[SAY_TAKEN] = { "已接单,您是经办人。", "Taken: you are the handler." },
	[SAY_ASSIGNED] = { "已转派给{}。", "Assigned to {}." },
	[SAY_NOTED] = { "已记为内部备注,业主看不到。",
	    "Kept as an internal note; the owner does not see it." },
	[SAY_NOTED_PLAIN] = {
	    "正文已记为内部备注,未发给业主。要答复业主请用 #回复。",
	    "Your text is kept as an internal note and did not go to the "
	    "owner. To answer the owner use #reply." },
	[SAY_REPLIED] = { "已发给业主:{}", "Sent to the owner: {}" },
	[SAY_REPLIED_HELD] = { "将发给业主:{}", "Goes to the owner: {}" },
	[SAY_FINDING] = { "已记录查明情况。", "Findings recorded." },
	[SAY_URGENT] = { "已按紧急处理,报警已发出。",
	    "Now an emergency; the alert is out." },
	[SAY_SEVERITY] = { "级别改为{}。", "Severity is now {}." },
	[SAY_CATEGORY] = { "分类改为{}。", "Category is now {}." },
	[SAY_ESCALATED] = { "已上报{}。", "Escalated to {}." },
	[SAY_RESOLVED] = { "已办结,处理结果发给业主:{}",
	    "Resolved; the outcome goes to the owner: {}" },
	[SAY_RESOLVED_NO_WAY] = {
	    "已办结,但文字未发出:{}",
	    "Resolved, but your words were not sent: {}" },
	[SAY_CALL_THEN] = { "请致电业主,之后回复:{}",
	    "Please phone the owner, and then answer: {}" },
	[SAY_REOPENED] = { "已重开。", "Reopened." },
	[SAY_CLOSED] = { "已结案。", "Closed." },
	[SAY_FEEDBACK] = { "已记录反馈。", "Feedback recorded." },
	[SAY_NOT_REACHED] = { "已记录未接通:业主尚未得知,仍需联系。",
	    "Noted that nobody was reached: the owner does not know yet." },
	[SAY_VISITED] = { "回访已记录。", "Return visit recorded." },
	[SAY_VISIT_ASKED] = { "已请业主告知方便的时间",
	    "asked when it suits them" },
	[SAY_VISIT_NO_ADDRESS] = { "无法发送询问,请电话约时间",
	    "cannot be written to; please call to agree on a time" },
	[SAY_VISIT_ANSWERED] = { "请按业主的意思约定上门时间,再登门回访。",
	    "Please agree on a time as they say, then call on them." },
	[SAY_VISIT_DECLINED] = { "业主谢绝上门,不用再去;本次不计入。",
	    "They would rather not be visited: please do not go. It does not "
	    "count." },
	[SAY_HOME_VISITED] = { "登门回访{}已记录。", "Home visit {} recorded." },
	[SAY_HOME_VISIT_NOT] = { "{}已记录:没有登门,本次不计入。",
	    "{}: noted that no visit took place; it does not count." },
	[SAY_VISIT_TRIED] = { "已记录回访未接通,请改日再联系一次。",
	    "Noted that nobody was reached; please try again on another day." },
	[SAY_VISIT_UNREACHED] = { "两日均未接通,回访到此为止。",
	    "Not reached on two days: no further call is wanted." },
	[SAY_VISIT_REOPENED] = {
	    "回访已记录;业主不满意或未解决,工单已重开并上报复核。",
	    "Return visit recorded. The owner is not satisfied, so the case is "
	    "open again, for review one level up." },
	[SAY_AFTER_REPORT] = { "补报已发给被越过的上级。",
	    "The after-report went to the levels that were passed over." },
	[SAY_ALERT_ANSWERED] = { "已确认收到报警。", "Alert acknowledged." },
	[SAY_RETURNED] = { "已退回。", "Returned." },
	[SAY_SPAM] = { "已归入垃圾信息。", "Filed as spam." },
	[SAY_HANDED_OVER] = { "首问责任已交接给{}。",
	    "First responsibility handed over to {}." },
	[SAY_DUE] = { "承诺时限已记录:{},已告知业主。",
	    "Promise recorded for {}; the owner was told." },
	[SAY_DUE_TO_CALL] = {
	    "承诺时限已记录:{}。业主没有可用的联系方式,请致电告知。",
	    "Promise recorded for {}. There is no way to write to the owner: "
	    "please phone." },
	[SAY_EXTENDED_TO_CALL] = {
	    "已延期至{}。业主没有可用的联系方式,请致电告知。",
	    "Extended to {}. There is no way to write to the owner: please "
	    "phone." },
	[SAY_REPLY_TO_CALL] = {
	    "文字未发出:{}",
	    "Your words were not sent: {}" },
	[SAY_CAPPED] = { "短信已达当日上限,改用邮件发送。",
	    "The day's limit of texts is reached, so it goes by mail." },
	[SAY_MAIL_INSTEAD] = { "业主已退订短信,改用邮件发送。",
	    "The owner wants no texts, so it goes by mail." },
	[SAY_EXTENDED] = { "已延期至{},已告知业主。",
	    "Extended to {}; the owner was told." },
	[SAY_PROMISED] = { "您写给业主的时间{}已记为承诺时限。",
	    "The time that you gave the owner, {}, is now a recorded "
	    "promise." },
	[SAY_UNDONE] = { "已撤回,没有发给业主:{}。",
	    "Taken back, it did not go to the owner: {}." },
	[SAY_UNDO_WITHIN] = { "收到本邮件后{}秒内可回复 #撤回 取消,之后即发出。",
	    "It leaves {} seconds after this mail; to stop it before that, "
	    "please reply #undo." },
	[SAY_UNDO_KEPT] = { "同一封邮件里的其余事项不变:{}。",
	    "What else that mail did stands: {}." },
	[SAY_SHOWN] = { "工单记录已发到您的邮箱。",
	    "The case sheet is in your mail." },
	[SAY_HELPED] = { "指令说明已发到您的邮箱。",
	    "The list of commands is in your mail." },
	[SAY_WARNING] = { "提示:“{}”宜改用更稳妥的说法。",
	    "Hint: \"{}\" could be worded more carefully." },
	[SAY_ASKED] = { "已请示{},答复会发给首问责任人;业主会被告知答复时间。",
	    "{} was asked; the answer goes to the first responder, and the "
	    "owner hears when they will be answered." },
	[SAY_ANSWERED] = { "您的答复已转给{},业主看不到。",
	    "Your answer went to {}; the owner does not see it." },
	[SAY_STEP] = { "{}已记录,业主看不到。",
	    "{} recorded; the owner does not see it." },
	[SAY_LEAVE] = { "请假已登记:{};期间不排值班,新工单不再分给您。",
	    "Leave registered: {}; you are not on duty then, and get no new "
	    "cases." },
	[SAY_AWAY] = { "提示:{}正在休假。",
	    "Hint: {} is on leave." },
	[SAY_PIN] = { "PIN 已更换,请用新的 PIN;如非本人操作,请立即告诉主管。",
	    "Your PIN is changed: please use the new one. If that was not "
	    "you, please tell your supervisor at once." },
	[SAY_CONFIRMED] = { "已确认业主身份。", "The owner is confirmed." },
	[SAY_NOTSPAM] = { "已恢复为“{}”,时限重新计算。",
	    "Back to \"{}\"; the clocks run again." },
	[SAY_LOGGED] = { "已登记,您是首问责任人。",
	    "Registered; you are the first responder." },
	[SAY_LOGGED_TOLD] = { "受理回执已发给业主。",
	    "The owner has been sent the acknowledgement." },
	[SAY_LOGGED_UNTOLD] = {
	    "没有可发送的手机号或邮箱,请您把编号和答复时间告诉业主。",
	    "There is no number or address to send to: please tell the owner "
	    "the case number and when they will be answered." },
	[SAY_TO_ALL] = { "将分别发给热点事件的全部业主,未结工单{}件。",
	    "Goes to each owner of the incident by themselves; open cases: "
	    "{}." },
	[SAY_RESOLVED_ALL] = {
	    "整个事件已办结,处理结果将分别发给全部业主,未结工单{}件。",
	    "The whole incident is resolved; the outcome goes to each owner by "
	    "themselves; open cases: {}." },
	[SAY_MERGED] = { "已并入{},并已告知业主。",
	    "Merged into {}; the owner was told." },
	[SAY_JOINED] = { "不是同一业主:已与{}归为同一事件,各户工单仍各自答复。",
	    "Not the same owner: it is now one incident with {}; each owner is "
	    "still answered under their own case." },
	[SAY_STANDS_NOW] = { "(现为:{})", " (now: {})" },
	[SAY_TO_CHAIR] = { "您的文字已转给会议主持人{}。",
	    "Your words went to {}, who chairs the meeting." },
	[SAY_CHAIR_SELF] = {
	    "您就是会议主持人,这段文字没有转给别人。要办某件工单,请另起一行以其编号开头。",
	    "You chair the meeting yourself: your words went to nobody. To act "
	    "on a case, begin a line with its number." },
	[SAY_PASSED_ON] = { "备注已发给{}。", "The note went to {}." },
	[SAY_UNDO_BY_NUMBER] = { "{}秒内可回复 #撤回 加编号取消。",
	    "Within {} seconds you may stop it with #undo and the number." },
	[SAY_WORDS_OUT] = { "发给业主的文字:{}", "Words to the owner: {}" },
	[SAY_NO_FILES] = {
	    "一封信写了几件工单,附件没有转发给业主;要发附件请在该工单的邮件里答复。",
	    "Your mail names several cases, so its files went to no owner; to "
	    "send files please answer a mail of the case itself." },
	[SAY_PLANNED] = { "已记为任务{}。", "Kept as {}." },
	[SAY_ANSWERED_OPINIONS] = { "{}的意见已有整改措施,不再催办。",
	    "The opinions on {} have their answer; nobody asks any more." },
	[SAY_PLAN_DONE] = { "任务{}已完成。", "{} is done." },
	[SAY_EXCUSED] = { "已登记您不参加{}的例会。",
	    "It is noted that you do not come to the meeting of {}." },
	[SAY_SPLIT] = { "已移出热点事件。", "Taken out of the incident." },
	[SAY_VOUCHED] = { "已确认是您本人所发,内容已按您的回复处理。",
	    "Confirmed as yours; it is handled now as your own reply." },
	[SAY_OWNER_SAW] = {
	    "提示:您的原邮件同时抄送了业主本人,业主看到了未经整理的原文;以后请"
	    "只回复系统,不要“回复全部”。",
	    "Hint: your own mail went to the owner as well, who has seen it as "
	    "you wrote it. Please reply to this desk only, not to all." },
	[NO_CASE] = { "没有找到编号,请直接回复案件邮件或写明编号。",
	    "No case found: please reply to the case's mail or give its "
	    "number." },
	[NO_AVAILABLE] = { "#{} 暂不可用,未执行。",
	    "#{} is not available yet; nothing was done." },
	[NO_STATE] = { "案件现为“{}”,不能这样做。",
	    "The case is {}; that cannot be done now." },
	[NO_LEVEL] = { "#{} 需要更高一级的人员。",
	    "#{} needs somebody of a higher level." },
	[NO_FOUND] = { "未找到该编号。", "There is no such case." },
	[NO_TEXT] = { "#{} 后面请写明内容。", "#{} needs some text." },
	[NO_OUTCOME] = {
	    "处理结果太简单,请写明查明了什么、做了什么。",
	    "That is no outcome yet: please say what was found and done." },
	[NO_WORDING] = { "不宜发给业主的说法:“{}”。",
	    "Not fit for an owner: \"{}\"." },
	[NO_SKIP] = { "请逐级上报,或注明紧急(#紧急)。",
	    "Please escalate level by level, or mark it #urgent." },
	[NO_HIGHER] = { "已在最高一级。", "It is at the highest level." },
	[NO_TRANSFER] = {
	    "已第三次转部门,由{}决定牵头部门,不能再转派。",
	    "It changed department three times; {} decides who leads." },
	[NO_PERSON] = { "找不到人员或部门“{}”。",
	    "There is no person or department \"{}\"." },
	[NO_CATEGORY] = { "没有分类“{}”。", "There is no category \"{}\"." },
	[NO_SEVERITY] = { "没有级别“{}”,可用:重大、一般、轻微。",
	    "There is no severity \"{}\": major, normal or minor." },
	[NO_CLOSE_FEEDBACK] = { "结果尚未反馈给业主,不能结案。",
	    "The outcome has not been fed back; it cannot be closed." },
	[NO_CLOSE_EARLY] = { "送达未满24小时,不能结案。",
	    "Less than 24 hours since delivery; it cannot be closed yet." },
	[NO_CLOSE_REPORT] = { "还欠事后补报(#补报),不能结案。",
	    "An after-report (#after-report) is owed; it cannot be closed." },
	[NO_CLOSE_VISIT] = { "还欠回访(#回访),不能结案。",
	    "A return visit (#visit) is owed; it cannot be closed." },
	[NO_VISIT_ALONE] = { "一封邮件只写一条登门回访:#回访 V12 5 业主意见",
	    "One home visit a mail, and nothing else: #visit V12 5 what they "
	    "said" },
	[NO_VISIT_NUMBER] = { "没有这个编号的登门回访;编号见登门回访名单。",
	    "There is no home visit of that number; it stands in the list of "
	    "home visits." },
	[NO_VISIT_WORDS] = { "请写明业主意见:#回访 V12 5 业主意见;没有登门请写:#回访 V12 谢绝",
	    "Please say what they said: #visit V12 5 words; if nobody went: "
	    "#visit V12 declined" },
	[NO_VISIT_STATE] = { "结果尚未反馈业主,还不能回访;电话告知结果请用 #反馈。",
	    "The owner has not had the outcome yet, so there is nothing to ask "
	    "about; a call that tells the outcome is #feedback." },
	[NO_VISIT_HANDLER] = { "险情和低评价由经办人以外的人回访。",
	    "After danger or a low rating somebody other than the handler "
	    "calls." },
	[NO_CLOSE_RESOLVE] = {
	    "结果送达后才能结案,请去掉 #结案。",
	    "It can be closed only once the outcome has arrived: please drop "
	    "#close." },
	[NO_PIN] = { "最后请写上您的 PIN。",
	    "It needs your PIN as its last word." },
	[NO_PIN_FOR_NOW] = {
	    "PIN 多次不对,一小时内短信不再接受 PIN,请用邮件。",
	    "Too many wrong PINs: for an hour none counts by text; please use "
	    "mail." },
	[NO_RIGHT_PIN] = { "最后的 PIN 不对,已删去未保存。",
	    "The PIN at its end is wrong; it was not kept." },
	[NO_CASE_IN_TEXT] = { "请写明编号。格式:{}",
	    "Please give the number of the case. Form: {}" },
	[NO_ONE_CASE] = { "该编号不止一件,请写全编号:{}",
	    "Several cases have that number; please give it in full: {}" },
	[NO_ONE_ALERT] = { "请写明是哪一起报警:{}",
	    "Please say which alert: {}" },
	[NO_REPORT_OWED] = { "没有欠补报。", "No after-report is owed." },
	[SAY_HELP_MAILED] = {
	    "指令表已发到您的邮箱。短信写法:接单 0007;转派 0007 工程部;备注 0007 内容;办结 0007 结果。",
	    "The list of commands is in your mailbox. By text: take 0007; assign "
	    "0007 engineering; note 0007 text; resolve 0007 outcome." },
	[NO_COMMAND] = {
	    "看不懂这条短信。例:接单 0007;办结 0007 已换弯头试水正常。",
	    "Not understood. Example: take 0007; resolve 0007 trap replaced "
	    "and tested." },
	[NO_EMPTY] = { "邮件没有正文,什么也没有发出。",
	    "The mail has no text of its own; nothing was sent." },
	[NO_TIME] = { "#{} 需要一个将来的时间,例:11-24 17:00。",
	    "#{} needs a time to come, such as 11-24 17:00." },
	[NO_LATE] = { "已过期限,不能再延期。",
	    "The due has passed; it can no longer be extended." },
	[NO_TOO_LONG] = { "时间太长,需由经理(L3)决定。",
	    "That is too long; the manager (L3) decides." },
	[NO_SO_MANY_WORDS] = { "文字太长,最多{}字,请您精简后重发。",
	    "That is too long: at most {} characters. Please shorten it." },
	[NO_TEXT_SO_LONG] = {
	    "业主没有可用的邮箱,短信放不下:最多{}字。请您精简后重发,或致电业主。",
	    "The owner has no mail address to use, and a text message takes at "
	    "most {} characters of this. Please shorten it, or call them." },
	[NO_EXTENDED_TWICE] = { "已延期一次,再次延期需由经理(L3)决定。",
	    "It was extended once; the manager (L3) decides on more." },
	[NO_UNDO] = {
	    "已经发给业主,无法撤回:{}。需要更正的,请再答复业主一次。",
	    "It has gone to the owner and cannot be taken back: {}. To put it "
	    "right, please write to the owner once more." },
	[NO_UNDO_NOTHING] = { "没有可以撤回的内容:最近没有给业主的文字在等待发出。",
	    "There is nothing to take back: no words to the owner wait to "
	    "leave." },
	[NO_UNDO_OTHERS] = { "这是同事发的,只有本人或主管(L2)可以撤回。",
	    "A colleague sent it: only they or a supervisor (L2) can take it "
	    "back." },
	[NO_CLEAR_TIME] = {
	    "时间“{}”不明确或不止一个,请写明一个时间,或用 #时限。",
	    "The time \"{}\" is not clear, or not the only one: please give "
	    "one, or use #due." },
	[NO_ASK_SELF] = { "这是您自己,请写明要请示的部门或人员。",
	    "That is you; please name the department or person to ask." },
	[NO_ASKED_ONLY] = {
	    "您被请示的事项由同事经办,不能用 #{};请直接写出答复。",
	    "You were asked about a colleague's case and cannot use #{}; "
	    "please just write your answer." },
	[NO_STEPS] = {
	    "结果写明已制止或已上报的,须先逐项记录,还缺:{}",
	    "An outcome that says it was stopped or reported needs each step "
	    "recorded first; missing: {}" },
	[NO_ALONE] = { "#{} 请单独发送,不带其它指令和文字。",
	    "Please send #{} by itself, without other commands or text." },
	[NO_PROOF] = { "#{} 请在首行末尾写上您的 PIN,或回复发给您本人的工单邮件。",
	    "For #{} please put your PIN at the end of the first line, or "
	    "reply to a case mail that was sent to you." },
	[NO_OFF_DUTY] = { "{}不在岗超过一个工作日,不能交接给他。",
	    "{} is off duty for more than a working day and cannot take it "
	    "over." },
	[NO_PIN_BY_TEXT] = { "PIN 只能用邮件更换。",
	    "A PIN can be changed by mail only." },
	[NO_CONFIRM] = { "该工单没有待核实的业主。",
	    "This case has no owner who waits to be confirmed." },
	[NO_EXTEND_EMERGENCY] = { "险情不能自行延期,由经理(L3)决定。",
	    "An emergency is not extended; the manager (L3) decides." },
	[NO_NEW_ALONE] = {
	    "#新建 请单独发送一条;其它指令请回复新工单的邮件。",
	    "Please send one #new by itself; other commands go into a reply "
	    "to the new case's mail." },
	[NO_NEW_PHONE] = {
	    "“{}”不是电话号码。格式:#新建 3-2-501 13900139001 内容",
	    "\"{}\" is no phone number. Form: #new 3-2-501 13900139001 text" },
	[NO_NEW_TEXT] = {
	    "请写明业主反映的内容。格式:#新建 3-2-501 13900139001 内容",
	    "Please say what the matter is. Form: #new 3-2-501 13900139001 "
	    "text" },
	[NO_NEW_PLACE] = {
	    "请写明房号或地点,或业主的电话。格式:#新建 3-2-501 "
	    "13900139001 内容",
	    "Please give the place, or the owner's number. Form: #new "
	    "3-2-501 13900139001 text" },
	[NO_INCIDENT] = { "本工单不属于热点事件,请用 #回复 或 #办结。",
	    "The case belongs to no incident: please use #reply or "
	    "#resolve." },
	[NO_HOUSEHOLD] = {
	    "发给全部业主的文字里有某一户的信息:“{}”。请删去,或单独回复该户"
	    "的工单邮件。",
	    "A text to all owners must not name one household: \"{}\". Please "
	    "take it out, or reply to that household's case mail." },
	[NO_MERGE_SELF] = { "不能并入自己。",
	    "A case cannot be merged into itself." },
	[NO_MERGE_STATE] = { "要并入的工单现为“{}”,不能并入。",
	    "The case to merge into is {}; that cannot be done." },
	[NO_MERGE_DOWN] = {
	    "本工单为紧急或欠事后补报,不能并入别的工单;请反过来并案。",
	    "This case is an emergency or owes an after-report: please merge "
	    "the other one into it." },
	[NO_NUMBER] = { "“#{}”要写明是哪件工单,例如在后面写 T261123-0007。",
	    "\"#{}\" must name its case, such as T261123-0007 behind it." },
	[NO_SO_MANY_CASES] = { "一封信最多写{}件工单,请分几次发送。",
	    "One mail may name {} cases; please send several." },
	[NO_CASE_IN_BUNDLE] = {
	    "请写明是哪件工单:每件另起一行,以编号开头,例如 T261123-0007 "
	    "请今天上门;或点该通知下的按钮。",
	    "Please say which case: begin a line with its number, such as "
	    "T261123-0007 please go there today; or use the buttons of that "
	    "notice." },
	[NO_IN_DIGEST] = { "“#{}”请在该工单的邮件里写。",
	    "Please write \"#{}\" in answer to a mail of the case itself." },
	[NO_ELSEWHERE] = {
	    "#{} 请回复周报、意见清单或任务邮件来写。",
	    "Please write #{} in answer to the weekly digest, a list of "
	    "opinions or a task." },
	[NO_PLAN] = {
	    "#{} 由例会主持人布置,或由被请回复意见的部门写;您的部门现在没有待回复的意见。",
	    "#{} is for the chair of the meeting, or a department that was "
	    "asked for measures; nothing is asked of yours now." },
	[NO_SUCH_PLAN] = { "没有未完成的任务{}。",
	    "There is no open task {}." },
	[NO_PLAN_NUMBER] = { "请写明任务号,您未完成的有:{}",
	    "Please give the number of the task; open with you: {}" },
	[NO_PLAN_OTHERS] = { "任务{}不是您的。", "{} is not yours to close." },
	[NO_MEETING_OVER] = { "{}的例会已经开始,缺席要在会前登记。",
	    "The meeting of {} has begun; absence is noted before it." },
	[NO_MERGE_INCIDENTS] = {
	    "两件工单已各属一个热点事件,请先在其中一件上用 #拆出。",
	    "Each of the two belongs to an incident already: please #split one "
	    "of them first." },
	[NO_OTHER_CASE] = {
	    "本邮件是另一件工单的,不能在这里处理{}:请回复那件工单的邮件。",
	    "This mail is about another case; please reply to a mail about "
	    "{}." },
	[NO_OTHER_IN_TEXT] = { "一条短信只办一件工单,{}请另发一条。",
	    "A text is about one case; please send another for {}." },
	[NO_CONFIRM_TWICE] = { "这封来信已经确认过,不会重复执行。",
	    "That message was confirmed before; nothing is done twice." },
	[NO_CONFIRM_LATE] = {
	    "确认已过期,没有执行。请用登记的邮箱重新回复工单邮件。",
	    "It is too late to confirm it; nothing was done. Please reply to "
	    "the case's mail from your own address." },
	[WHY_AGITATED] = { "业主情绪激动,请先电话安抚。",
	    "The owner is upset; please phone first." },
	[WHY_NO_ADDRESS] = { "没有可用的邮箱或手机号。",
	    "There is no usable mail address or number." },
	[WHY_SENDER_IS_NAME] = {
	    "短信的发送方是名称,不是电话号码,既不能回复,也不能拨打。",
	    "The sender of the text is a name and no number: it can be neither "
	    "answered nor called." },
	[WHY_CAPPED] = { "短信已达当日上限,也没有可用的邮箱。",
	    "The day's limit of texts is reached, and there is no mail "
	    "address." },
	[WHY_CAP_NUMBER] = { "业主号码24小时内的短信已达{}条。",
	    "The owner's number has had {} texts in 24 hours." },
	[WHY_CAP_CASE] = { "本工单24小时内发给业主的短信已达{}条。",
	    "The owner has had {} texts about this case in 24 hours." },
	[WHY_CAP_TEXTS] = { "短信通道今天已发{}条。",
	    "The SMS channel has sent {} texts today." },
	[WHY_CAP_COST] = { "短信通道今天的费用已达{}。",
	    "The SMS channel has cost {} today." },
	[BY_BRAKE] = { "同一地址的自动消息{}条", "{} automatic to one address" },
	[BY_NUMBER] = { "同一号码的短信{}条", "{} to one number" },
	[BY_CASE] = { "同一工单的短信{}条", "{} about one case" },
	[BY_TEXTS] = { "通道条数已满{}条", "{} beyond the channel's texts" },
	[BY_COST] = { "通道费用已满{}条", "{} beyond the channel's cost" },
	[WHY_STOPPED] = { "达到上限、没有发出的短信和自动消息:{}",
	    "Held back by limits, texts and automatic messages: {}" },
	[WHY_NO_TEXTS] = { "业主已退订短信,也没有可用的邮箱。",
	    "The owner wants no texts, and there is no mail address." },
	[WHY_TOO_LONG] = { "文字太长,短信放不下,业主也没有可用的邮箱。",
	    "It is too long for a text message, and there is no mail address "
	    "to use." },
	[WHY_NO_TEMPLATE] = { "业主只能收到短信平台的固定模板,其中没有这一内容的模板,也没有邮箱。",
	    "The owner can only get fixed texts of the SMS gateway; there is "
	    "none for this, and no mail address." },
	[WHY_ASK_PLACE] = { "业主没有说明地点,而短信平台没有询问用的模板:请电话询问地点。",
	    "The owner named no place, and the SMS gateway has no text that "
	    "asks: please ask for it by phone." },
	[WHY_ASK_WITHDRAWAL] = { "业主要撤回本事项,而短信平台没有询问用的模板:请电话确认是否撤回。",
	    "The owner wants to withdraw this, and the SMS gateway has no text "
	    "that asks: please ask by phone whether they mean it." },
	[WHY_HINT_ONLY] = { "短信平台只发固定模板,业主只收到提示,内容须电话告知。",
	    "The SMS gateway sends only fixed texts: the owner gets a hint, "
	    "and what it is about must be told by phone." },
	[SAY_SOMEBODY] = { "业主", "resident" },
	[WHY_NOT_DELIVERED] = { "消息没有送达:{}",
	    "The message did not arrive: {}" },
	[WHY_SILENT] = { "短信已交给网关,但一直没有送达回执。",
	    "The gateway took the text, but no delivery report came." },
	[WHY_CUT_OFF] = { "短信通道中断,这条短信没有发出。",
	    "The SMS channel is down; the text did not leave." },
	[WHY_NOT_FED_BACK] = { "处理结果尚未送达业主。",
	    "The outcome has not reached the owner yet." },
	[WHY_CUT] = {
	    "来信没有完整读入({}),原信在邮箱里。",
	    "This mail was not read as a whole ({}); the original is in the "
	    "mailbox." },
	[WHY_CALLBACK] = { "业主请求回电。", "The owner asks to be called." },
	[WHY_NO_ANSWER] = { "业主没有回答我们的问题。",
	    "The owner has not answered our question." },
	[WHY_OVERDUE] = { "{}已超时。", "The {} is overdue." },
	[WHY_TRANSFERS] = { "第三次更换部门,请决定牵头部门。",
	    "Third change of department: please decide who leads." },
	[WHY_SURVEY] = { "满意度调查的回复,评分:{}", "Answer to a survey, score: {}" },
	[WHY_PIN_LOCKED] = {
	    "{}的号码半小时内发来5次错误的 PIN,一小时内不再接受其短信 PIN。",
	    "5 wrong PINs within half an hour from {}'s number; for an hour "
	    "none counts by text." },
	[WHY_UNVERIFIED_TOKEN] = {
	    "来信没有带本人的回复凭证或 PIN。",
	    "The mail carries neither that person's reply token nor a PIN." },
	[WHY_UNVERIFIED_AUTH] = { "来信未通过发件人验证。",
	    "The mail failed sender authentication." },
	[WHY_TOKEN_OLD] = {
	    "所回复的邮件已过期:请回复该工单较新的邮件,或在首行末尾写上本人 PIN。",
	    "The mail that was answered is too old: please answer a newer one "
	    "of the case, or end the first line with the PIN." },
	[WHY_OTHER_CASE] = {
	    "所回复的邮件是一件工单的,主题里却写着另一件的编号:请回复要处理的"
	    "那件工单的邮件。",
	    "It answers the mail of one case and has the number of another in "
	    "its subject: please reply to a mail of the case that is meant." },
	[WHY_OTHER_ADDRESS] = {
	    "来信带有同事的回复凭证,但不是其登记的邮箱;已向本人核实。",
	    "It carries a colleague's reply token, but does not come from "
	    "their address; they were asked whether it is theirs." },
	[WHY_WITHDRAWN] = { "业主已撤回,无需再处理。",
	    "The owner has withdrawn it; nothing more is to be done." },
	[WHY_UNDONE] = { "{}撤回了您写给业主的文字,未发出。",
	    "{} took back what you wrote to the owner; it was not sent." },
	[WHY_ASKED_AGAIN] = { "提醒:同事在等您的答复。",
	    "Reminder: a colleague waits for your answer." },
	[WHY_ASKED_OVERDUE] = { "已超时:同事和业主在等您的答复。",
	    "Overdue: a colleague and the owner wait for your answer." },
	[WHY_UNANSWERED] = { "{}尚未答复请示。",
	    "{} has not answered the question." },
	[WHY_ROSTER_GAP] = { "排班缺口:{}无人值班。",
	    "Nobody is on duty: {}." },
	[WHY_NOT_EXCUSED] = { "{}：未登记缺席", "{}: nothing said" },
	[WHY_NO_CALENDAR] = {
	    "没有{}年的节假日数据,暂按周一至周五上班计算。",
	    "There are no holidays for {}; Mon-Fri is assumed." },
	[WHY_NOTSPAM] = { "曾误归垃圾信息,现已恢复。",
	    "It was taken for spam and is back." },
	[WHY_STAND_IN] = { "{}不在岗(自动回复),请您代为跟进。",
	    "{} is out of office (automatic reply): please stand in." },
};

const char *
sentence(enum sentence which, enum language language, const char *arg,
    struct arena *arena)
{
	return phrase(language, table[which], &arg, 1, arena);
}

const char *
name_for(enum language language, const char *name, const char *name_en)
{
	return language == LANGUAGE_ZH ? name : text_or(name_en, name);
}

void
sentence_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < SENTENCE_COUNT; i++)
		visit(table[i][LANGUAGE_ZH], table[i][LANGUAGE_EN], arg);
}
