type Params = Record<string, string | number | string[]>;
type Wording = { en: string; zh: string };

/** Why a request was not carried out, and what to do about it, in both languages. */
export const refusals = {
  notSignedIn: () => ({ en: "Sign in first.", zh: "请先登录。" }),
  signInFailed: () => ({
    en: "No account has this e-mail address and password. Check both and try again.",
    zh: "邮箱与密码不匹配，请核对后重试。",
  }),
  linkSpent: () => ({
    en: "This sign-in link was used already or is too old. Start Watershed again to get a new one.",
    zh: "该登录链接已用过或已过期。重新启动分水岭即可得到新链接。",
  }),
  invitationUnknown: () => ({
    en: "This invitation was used already, withdrawn, or is too old. Ask whoever sent it for a new one.",
    zh: "该邀请已被使用、撤回或已过期，请向邀请人索取新的链接。",
  }),
  alreadyMember: () => ({ en: "You are in this workspace already.", zh: "您已在该工作区中。" }),
  emailTaken: ({ email }) => ({
    en: `Another account has the address ${email}. Sign in with it, or use another address.`,
    zh: `邮箱 ${email} 已被其他账号使用。请用它登录，或换一个邮箱。`,
  }),
  setupClosed: () => ({ en: "This installation has been set up already. Sign in instead.", zh: "本系统已完成初始设置，请直接登录。" }),
  setupNotLocal: () => ({
    en: "The first account is made on the machine that Watershed runs on, or by the link that it prints when it starts.",
    zh: "首个账号须在运行分水岭的本机上创建，或使用启动时打印的链接创建。",
  }),
  notAllowed: ({ role, needs }) => ({
    en: `Your role here, ${role}, does not allow this; it takes ${listed(needs, "or")}.`,
    zh: `您在此的角色是${roleZh(role)}，无权进行此操作；需要${listedZh(needs)}。`,
  }),
  inPersonOnly: () => ({ en: "A token cannot do this; sign in with a browser.", zh: "访问令牌不能进行此操作，请在浏览器中登录。" }),
  notYours: ({ person }) => ({
    en: `Only ${person} can state this: the forecasts and assessments of a member are that member's own.`,
    zh: `只有${person}本人可以填写：成员的预测与评估只能由本人作出。`,
  }),
  noPerson: () => ({
    en: "Your account is not yet one of the people of this workspace. Ask a partner to say who you are under Members.",
    zh: "您的账号尚未对应到本工作区的人员。请合伙人在“成员”中指定。",
  }),
  roleTooHigh: ({ role }) => ({
    en: `You are ${role} here and cannot give more than that.`,
    zh: `您在此是${roleZh(role)}，不能授予更高的角色。`,
  }),
  csrf: () => ({
    en: "The request did not come from this page, or the page is out of date. Reload it and try again.",
    zh: "请求并非来自本页面，或页面已过期。请刷新后重试。",
  }),
  wrongHost: ({ host }) => ({
    en: `This server does not answer to the name ${host}. Name it in WATERSHED_ORIGINS if it should.`,
    zh: `本服务器不应答主机名 ${host}。如需使用，请在 WATERSHED_ORIGINS 中登记。`,
  }),
  notFound: () => ({ en: "There is nothing here, or nothing that you may see.", zh: "此处没有内容，或您无权查看。" }),
  wrongCall: ({ problem }) => ({ en: `The request is not as it should be: ${problem}`, zh: `请求格式有误：${problem}` }),
  notJson: () => ({ en: "The body must be JSON, sent as application/json.", zh: "请求正文须为 JSON，并以 application/json 发送。" }),
  tooLarge: ({ limitBytes }) => ({
    en: `The body is larger than ${Math.floor(Number(limitBytes) / 1_048_576)} MiB.`,
    zh: `请求正文超过 ${Math.floor(Number(limitBytes) / 1_048_576)} MiB。`,
  }),
  conflict: () => ({
    en: "Somebody changed this while you were at it. Nothing was saved; both versions are here to choose from or to merge.",
    zh: "您编辑期间有人修改了同一内容。尚未保存任何内容；两个版本都在，可选其一或合并。",
  }),
  unsound: ({ count }) => ({
    en: `${count} problem(s) to mend first. Until then nothing is saved or computed.`,
    zh: `有 ${count} 处问题需先修正，在此之前不会保存，也算不出结果。`,
  }),
  exists: ({ id }) => ({ en: `There is something named ${id} already. Choose another name.`, zh: `已有名为 ${id} 的内容，请换一个名称。` }),
  appendOnly: ({ kind }) => ({
    en: `What stands under ${kind} is never changed or removed, only superseded by a later entry.`,
    zh: `${kind} 下的记录不可修改或删除，只能由之后的新记录取代。`,
  }),
  lastPartner: () => ({
    en: "A workspace keeps at least one partner. Make somebody else a partner first.",
    zh: "工作区至少要有一位合伙人。请先任命另一位合伙人。",
  }),
  tooMany: ({ seconds }) => ({
    en: `Too many requests at once. Try again in ${seconds} seconds.`,
    zh: `请求过于频繁，请 ${seconds} 秒后再试。`,
  }),
  noAnswer: ({ reason }) => ({ en: `There is no figure to give: ${reason}.`, zh: `没有可给出的结果：${reason}。` }),
  badArchive: ({ reason }) => ({ en: `The archive cannot be read: ${reason}.`, zh: `压缩包无法读取：${reason}。` }),
  stopping: () => ({ en: "Watershed is being stopped. Try again in a moment.", zh: "分水岭正在停止，请稍后再试。" }),
  notReady: () => ({ en: "The database does not answer. Try again in a moment.", zh: "数据库暂无应答，请稍后再试。" }),
  failed: ({ requestId }) => ({
    en: `Something failed on the server. Nothing was saved by this request. Its number in the log is ${requestId}.`,
    zh: `服务器内部出错，本次请求没有保存任何内容。日志编号 ${requestId}。`,
  }),
} satisfies Record<string, (params: Params) => Wording>;
export type RefusalCode = keyof typeof refusals;

const rolesZh: Record<string, string> = { partner: "合伙人", analyst: "分析师", observer: "观察员" };

function roleZh(role: Params[string] | undefined): string {
  return rolesZh[String(role)] ?? String(role);
}

function listed(words: Params[string], joined: string): string {
  const list = Array.isArray(words) ? words : [String(words)];
  return list.length < 2
    ? `a ${list[0]}`
    : `${list
        .slice(0, -1)
        .map((word) => `a ${word}`)
        .join(", ")} ${joined} a ${list.at(-1)}`;
}

function listedZh(words: Params[string]): string {
  return (Array.isArray(words) ? words : [String(words)]).map(roleZh).join("或");
}
