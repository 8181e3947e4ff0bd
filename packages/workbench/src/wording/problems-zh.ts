import { dayText } from "@watershed/domain";
import { fieldExamples, kindExamples } from "./field-examples.ts";
import type { ProblemCode, ProblemParams } from "../problem.ts";
import {
  functionNames,
  functionOf,
  grouped,
  has,
  inputAtFault,
  isCitation,
  lookup,
  megabytes,
  mostListed,
  percent,
  reasonOfOperator,
  shareMeant,
  shortened,
  text,
} from "./problems-en.ts";
import type { ProblemWording } from "./problems-en.ts";

type Param = ProblemParams[string] | undefined;

/** Every problem in Chinese; names and formulas stand in 「」, and a param that is missing leaves a sentence that still reads. */
export const problemsZh: Record<ProblemCode, (params: ProblemParams) => ProblemWording> = {
  // Items
  unknownField: ({ field, fields, suggestion }) => ({
    what: `这里没有${quoted(field, "")}这一栏。`,
    mend: has(suggestion)
      ? `是否想写${quoted(suggestion)}？若不是，请删去这一行。`
      : has(fields)
        ? `请改成这里可用的栏目（${listed(fields, "和")}），或删去这一行。`
        : "请删去这一行，或移到它所属的条目里。",
  }),
  missingField: ({ field, expected }) => ({
    what: `缺少${fieldName(field)}。`,
    mend: `请补上一行，例如${fieldExample(field, expected)}。`,
  }),
  wrongType: ({ field, found, expected }) =>
    found === "nothing"
      ? { what: `${fieldName(field)}是空的。`, mend: `请填写，例如${fieldExample(field, expected)}。` }
      : { what: `${fieldName(field)}写的是${shape(found)}，这里应填${fieldKind(expected).noun}。`, mend: fieldKind(expected).mend },
  badIdentifier: ({ field, found, part }) => {
    const subject = part === "key" ? quoted(found, "它") : `${fieldName(field)}里的${quoted(found, "内容")}`;
    if (/^(?:currency|rates)\b/.test(text(field)))
      return { what: `${subject}不是货币代码。`, mend: "请用三个大写字母，例如「USD」、「HKD」、「CNY」。" };
    return {
      what: `${subject}在这里不能用作名称。`,
      mend: isCitation(field)
        ? "请只用字母、数字、连字符、点和下划线，中间不留空格，例如「M-CN-12」。"
        : "请以小写字母开头，只用小写字母、数字和下划线，例如「passes_gpt4」。",
    };
  },
  noSuchDate: ({ found, lastDay }) => ({
    what: `日历上没有${quoted(found, "")}这一天。`,
    mend: has(lastDay)
      ? `该月最后一天是${quoted(text(found).replace(/\d+$/, text(lastDay)))}。`
      : "请按「年-月-日」书写，例如「2024-03-31」。",
  }),
  notOneOf: ({ field, found, options, suggestion }) => ({
    what: `${fieldName(field)}写的是${shape(found)}，不在可选范围内。`,
    mend: `${has(suggestion) ? `是否想写${quoted(suggestion)}？` : ""}可选的有${listed(options, "和", "文档中列出的几种")}。`,
  }),
  outOfRange: (params) => {
    const { field, found, limit, side } = params;
    const share = shareMeant(params);
    return {
      what: `${fieldName(field)}写的是${shape(found)}，但它必须${bound(found, limit, side)}。`,
      mend: share ? `如果想表示 ${text(found)}%，请写${quoted(share)}。` : `请换一个数，须${bound(found, limit, side)}。`,
    };
  },
  tooFew: ({ field, found, limit, side }) => {
    if (found !== "a list") return { what: `${fieldName(field)}是空的。`, mend: `请填写，例如${fieldExample(field, "string")}。` };
    return side === "most"
      ? { what: `${fieldName(field)}超过了 ${text(limit)} 项。`, mend: `请保留 ${text(limit)} 项，删去其余的。` }
      : { what: `${fieldName(field)}的项数太少。`, mend: `请至少写 ${text(limit) || "1"} 项。` };
  },
  duplicateId: ({ id, kind, earlier }) => ({
    what:
      has(earlier) && kind !== earlier
        ? `名称${quoted(id, "")}同时用在了${itemKind(earlier).one}和${itemKind(kind).one}上。`
        : `有两个${itemKind(kind).one}的名称都是${quoted(id, "同一个")}。`,
    mend: `请给其中一个换个名称，例如${quoted(has(id) ? `${text(id)}_2` : "passes_gpt4")}。`,
  }),
  unknownReference: ({ id, target, suggestion }) => ({
    what: `没有${named(id)}${itemKind(target).one}。`,
    mend: has(suggestion)
      ? `是否想写${quoted(suggestion)}？若不是，请在${itemKind(target).list}中补上这一条。`
      : `请核对拼写，或在${itemKind(target).list}中补上这一条。`,
  }),
  answerMissing: ({ wanted, question, kind }) => ({
    what: `这条对${quoted(question, "该问题")}的预测还没有给出判断。`,
    mend: `请补上一行，例如${answerExample(wanted, kind)}。`,
  }),
  answerOfWrongKind: ({ field, wanted, question, kind }) => ({
    what: `${quoted(question, "该问题")}问的是${questionKind(kind)}，对它的预测不能用${quoted(field, "这一栏")}。`,
    mend: `请改成一行${answerExample(wanted, kind)}。`,
  }),
  optionsMissing: ({ question }) => ({
    what: `${quoted(question, "这个问题")}要在几个答案里选一个，但没有列出答案。`,
    mend: "请补上「options:」，至少列出两个答案，每个都写明「id」和「name」。",
  }),
  optionUnknown: ({ option, options, question }) => ({
    what: `${quoted(option)}不是${quoted(question, "该问题")}的备选答案。`,
    mend: `请从${listed(options, "和", "问题列出的答案")}中选用。`,
  }),
  forecastRepeated: ({ by, question, on }) => ({
    what: `${quoted(by, "同一个人")}在${has(on) ? ` ${text(on)} 这` : "同"}一天对${quoted(question, "同一问题")}作了两次预测。`,
    mend: "请删去其中一条，或给较晚的那条写上它自己的日期。",
  }),
  triggerTwice: ({ trigger }) => ({
    what: `同一个等待方案把触发条件${quoted(trigger, "")}写了两遍。`,
    mend: "只等一个就写「trigger」，等几个就写「triggers」，每个只列一次。",
  }),
  triggerNotWaitedFor: ({ id, triggers, suggestion }) => ({
    what: `这里给${quoted(id, "某个触发条件")}写了条款，但这个方案并不等它。`,
    mend: `${has(suggestion) ? `是否想写${quoted(suggestion)}？` : ""}本方案等的是${listed(triggers, "和", "所列的触发条件")}；请把它补进去，或删去这段条款。`,
  }),
  signalUnfit: ({ field, wanted, question, kind }) => ({
    what: has(field)
      ? `${quoted(question, "该问题")}问的是${questionKind(kind)}，关于它的信号不能用${quoted(field)}。`
      : `这个关于${quoted(question, "该问题")}的信号没有写明它会怎样看错。`,
    mend: `这类信号用${listed(wanted, "和", "文档所列的字段")}来写；「noise」和「reading」只能单独使用。`,
  }),

  qualityMissing: ({ question, kind }) => ({
    what: `没有写明对${quoted(question, "该问题")}的回答有多可信。`,
    mend: `请补上${qualityExample(kind)}。`,
  }),
  qualityOfWrongKind: ({ field, question, kind }) => ({
    what: `${quoted(question, "该问题")}问的是${questionKind(kind)}，针对它的行动不能写${quoted(field, "这一项")}。`,
    mend: `请改成${qualityExample(kind)}。`,
  }),
  observedTwice: ({ question }) => ({
    what: `这项行动把问题${quoted(question, "")}写了两遍。`,
    mend: "请只留一条；若有几个人回答同一个问题，请写「experts」或「panel」。",
  }),
  delayTwice: ({ on }) => ({
    what: `这项行动既写了要多少天，又写了在${quoted(on, "某一天")}完成。`,
    mend: "「delayDays」和「on」请只留一个。",
  }),
  doneWithoutDay: () => ({
    what: "这项行动已完成，却没有写完成的日期。",
    mend: "请补上日期，例如「doneOn: 2024-06-30」。",
  }),
  dayWithoutDone: ({ on, status }) => ({
    what: `这项行动写了在${quoted(on, "某一天")}完成，状态却是${quoted(status, "未完成")}。`,
    mend: "请写「status: done」，或去掉「doneOn」。",
  }),

  // Files and folders
  folderMissing: ({ folder }) => ({
    what: `文件夹${quoted(folder, "")}不存在。`,
    mend: `请核对路径${has(folder) ? `，或用${quoted(`watershed new ${text(folder)}`)}新建一个工作区` : ""}。`,
  }),
  notAFolder: ({ folder }) => ({ what: `${quoted(folder, "这里")}是一个文件，不是文件夹。`, mend: "请改填存放工作区文件的那个文件夹。" }),
  notAWorkspace: ({ folder, command, inner }) => ({
    what: `文件夹${quoted(folder, "")}里没有工作区。`,
    mend: has(inner)
      ? `请改选其中的工作区：${listed(inner, "或")}。`
      : `请换一个文件夹${has(command) ? `，或用${quoted(command)}在这里新建` : ""}。`,
  }),
  folderNotEmpty: ({ folder, found }) => ({
    what: `文件夹${quoted(folder, "")}不是空的${has(found) ? `，里面有${listed(found, "和")}` : ""}。`,
    mend: "请换一个新名称，或选一个空文件夹。",
  }),
  tooManyFiles: ({ folder, limit }) => ({
    what: `文件夹${quoted(folder, "")}里的文件太多${has(limit) ? `，超过了 ${grouped(limit)} 个` : ""}。`,
    mend: "请直接选工作区所在的文件夹，不要选它的上级。",
  }),
  unreadableFile: ({ reason }) => ({
    what: `无法读取这个文件${because(reason)}。`,
    mend: "请确认文件还在、没有被别的程序占用、您有权打开，然后再试一次。",
  }),
  fileTooLarge: ({ sizeBytes, limitBytes }) => ({
    what: `这个文件太大${has(sizeBytes) ? `，有 ${megabytes(sizeBytes)}` : ""}${has(limitBytes) ? `，最多只能读 ${megabytes(limitBytes)}` : ""}。`,
    mend: "请把它拆成几个文件。",
  }),
  notUtf8: ({ guess }) => ({
    what: `从这里开始文字无法识别，因为文件没有按 UTF-8 编码保存${has(guess) ? `，看起来是 ${text(guess)}` : ""}。`,
    mend: "请在编辑器里打开它，另存为 UTF-8 编码。",
  }),
  tabIndentation: () => ({ what: "这一行用制表符缩进。", mend: "请改用空格，每一级两个空格。" }),
  duplicateKey: ({ key, firstLine }) => ({
    what: `${quoted(key, "这一栏")}写了两次${has(firstLine) ? `，第一次在第 ${text(firstLine)} 行` : ""}。`,
    mend: "请只保留其中一行。",
  }),
  yamlSyntax: ({ reason, found }) => lookup(syntaxMishaps, reason)?.(found) ?? syntaxMishap(found),
  formulaNeedsQuotes: ({ field, because: reason, suggestion }) => ({
    what: `${has(field) ? `${quoted(field)}的` : "这个"}公式要放在引号里${needsQuotes(reason)}。`,
    mend: has(suggestion) ? `请写成${quoted(suggestion)}。` : "请在整个公式前后加上引号。",
  }),
  textNeedsQuotes: ({ field, because: reason, suggestion }) => ({
    what: `${has(field) ? `${quoted(field)}的` : "这段"}文字要放在引号里${needsQuotes(reason)}。`,
    mend: has(suggestion) ? `请写成${quoted(suggestion)}。` : "请在整段文字前后加上引号。",
  }),
  unknownAlias: ({ name }) => ({
    what: `${starred(name)}引用了本文件里并不存在的内容。`,
    mend: "请把内容完整写出来；如果星号本来就是文字的一部分，请给整段文字加上引号。",
  }),
  aliasBomb: ({ name }) => ({
    what: `${starred(name)}把同一段内容重复得太多，已经读不下去。`,
    mend: "请把需要的内容直接写出来，不要反复引用。",
  }),
  unknownTag: ({ tag }) => ({ what: `${quoted(tag, "这段文字")}开头的感叹号在这里无法理解。`, mend: "请给整段文字加上引号。" }),
  nestedTooDeep: () => ({ what: "这个文件的条目套得太深。", mend: "请减少括号和缩进的层数，工作区只需要几层。" }),
  multipleDocuments: () => ({ what: "「---」这一行把文件分成了两段，只能读到前一段。", mend: "请删去这一行，或把后一段另存为一个文件。" }),
  frontMatterUnclosed: () => ({
    what: "笔记开头的栏目以「---」起始，却没有收尾的「---」，所以全部被当成了正文。",
    mend: "请在最后一栏之后补上一行「---」。",
  }),
  notAMap: () => ({ what: "这里应当先写栏目名称和冒号。", mend: "请以清单或栏目的名称开头，例如「questions:」。" }),
  notAList: ({ list }) => ({
    what: `${quoted(list, "这里")}后面应当是一份清单。`,
    mend: "请让每一条另起一行，以连字符加空格开头，例如「- id: passes_gpt4」。",
  }),
  unknownList: ({ list, lists, suggestion }) => ({
    what: `工作区里没有${named(list)}清单。`,
    mend: has(suggestion)
      ? `是否想写${quoted(suggestion)}？若不是，请删去它。`
      : `请改用已有的清单（${listed(lists, "和", "例如「questions」")}），或删去它。`,
  }),
  settingsTwice: ({ firstFile, firstLine }) => ({
    what: `工作区的设置写了两次${has(firstFile) ? `，第一次在${quoted(firstFile)}${has(firstLine) ? `第 ${text(firstLine)} 行` : ""}` : ""}。`,
    mend: "请只在一个文件里保留「workspace:」。",
  }),
  settingsMissing: ({ folder }) => ({
    what: `文件夹${quoted(folder, "")}里有条目，但没有设置。`,
    mend: "请新建「workspace.yaml」，以「workspace:」开头，写明「id」、「name」、「asOf」、「currency」、「discountRate」。",
  }),
  streamsRepeated: ({ name, firstLine }) => ({
    what: `${quoted(name, "这个名称")}列了两次${has(firstLine) ? `，第一次在第 ${text(firstLine)} 行` : ""}。`,
    mend: "请删去后一个，其余的次序不要动。",
  }),
  referencesUnchecked: ({ files, count }) => ({
    what: `有文件读不出来，因此${has(count) ? ` ${grouped(count)} 处` : "部分"}名称没有核对。`,
    mend: `请先改好${listed(files, "和", "出错的文件")}，再检查一次。`,
  }),
  changedOnDisk: () => ({ what: "这个文件在读取之后被改动过。", mend: "请重新载入工作区，再改一次。" }),
  placeNotFound: ({ kind }) => ({
    what: `要修改的${has(kind) ? itemKind(kind).one : "条目"}已经不在了。`,
    mend: "请重新载入工作区，再改一次。",
  }),
  editsOverlap: () => ({ what: "有两处修改涉及同样的几行。", mend: "请一处一处地改。" }),
  editRefused: ({ reason, path }) => ({
    what:
      reason === "alias"
        ? "这一条写在文件的别处，这里只是引用，所以没有改动。"
        : `${has(path) ? `对${fieldName(path)}的` : "这处"}修改与文件现有的写法不相容。`,
    mend: "请用编辑器直接修改文件。",
  }),
  badFileName: ({ file }) => ({
    what: `${quoted(file, "这个名称")}不能用作这里的文件名。`,
    mend: "请用「companies/minimax.yaml」这样的名称，笔记则以「.md」结尾。",
  }),
  fileExists: ({ file }) => ({ what: `已经有${named(file)}文件。`, mend: "请换一个名称，或直接修改已有的文件。" }),
  folderNotWritable: ({ folder, reason }) => ({
    what: `无法写入文件夹${quoted(folder, "")}${because(reason)}。`,
    mend: "请换一个自己的文件夹，或申请写入权限。",
  }),

  // How a formula is written
  emptyFormula: () => ({ what: "公式是空的。", mend: "请写一个数、一笔金额或一个名称，例如「2.5bn USD」。" }),
  unexpectedCharacter: ({ found }) => ({
    what: `公式里不能用字符${quoted(found, "")}。`,
    mend: "请删去它；如果它是某个答案的一部分，请给整个答案加上引号。",
  }),
  foreignOperator: ({ found, suggestion }) => ({
    what: `公式里不用${quoted(found, "这个符号")}。`,
    mend: `请改写成${quoted(suggestion, "可用的符号")}。`,
  }),
  malformedNumber: ({ found, suggestion }) => ({
    what: `${quoted(found, "这里")}不是完整的数。`,
    mend: has(suggestion) ? `是否想写${quoted(suggestion)}？小数点两边都要有数字。` : "请只用一个小数点，例如「1.5」。",
  }),
  numberTooLarge: ({ found }) => ({ what: `${quoted(found, "这个数")}太大，无法计算。`, mend: "请改成小一些的数，或检查后面的单位。" }),
  commaInNumber: ({ found, suggestion }) => ({
    what: `${quoted(found, "这个数")}里的逗号会把它分成两个数。`,
    mend: `请写成${quoted(suggestion, "不带逗号的数")}。`,
  }),
  unclosedText: ({ found }) => ({ what: `${quoted(found, "这段文字")}前面的引号没有收尾。`, mend: "请在文字末尾补上引号。" }),
  unexpectedToken: ({ found, expected }) => ({
    what: `${quoted(found, "这部分内容")}不能放在这里。`,
    mend: `这里应当是${awaited(expected)}，请补上，或删去${quoted(found, "多余的部分")}。`,
  }),
  unexpectedEnd: ({ expected }) => ({ what: "公式没有写完。", mend: `请在末尾补上${awaited(expected)}。` }),
  missingOperator: ({ before, after }) => ({
    what: `${quoted(before, "前一部分")}和${quoted(after, "后一部分")}之间缺少符号。`,
    mend: `请在中间加上符号，例如${quoted(`${text(before) || "a"} * ${text(after) || "b"}`)}，或删去其中一个。`,
  }),
  unclosedParenthesis: () => ({ what: "这里的左括号没有对应的右括号。", mend: "请在括号结束处补上「)」。" }),
  unopenedParenthesis: () => ({ what: "多了一个右括号。", mend: "请删去「)」，或在开头补上「(」。" }),
  chainedComparison: ({ operator, suggestion }) => ({
    what: `一次只能比较两个量，这里又接了一个${quoted(operator, "比较符号")}。`,
    mend: `请用「and」连接两个比较，例如${quoted(suggestion, "「a < b and b < c」")}。`,
  }),
  unknownUnit: ({ found, suggestions }) => ({
    what: `${quoted(found, "这里")}不是单位。`,
    mend: `${meant(suggestions)}可用的单位有${listed(["k", "M", "bn", "万", "亿", "days", "months", "years", "%"], "和", "", 9)}，以及「USD」这样的货币代码。`,
  }),
  tooLarge: ({ limit }) => ({
    what: `公式太长${has(limit) ? `，超过了 ${grouped(limit)} 个组成部分` : ""}。`,
    mend: "请拆成几个变量，各取一个名称。",
  }),
  tooDeep: ({ limit }) => ({
    what: `公式嵌套太深，括号套括号或连加太多项${has(limit) ? `，超过了 ${grouped(limit)} 层` : ""}。`,
    mend: "请拆成几个变量，各取一个名称。",
  }),

  // Names
  invalidName: ({ name }) => ({
    what: `${definition(name)}不能在公式里用作名称。`,
    mend: "请以字母开头，只用字母、数字和下划线，例如「exit_multiple」。",
  }),
  reservedName: ({ name }) => ({
    what: `${quoted(name, "这个词")}在公式里另有含义，不能用作名称。`,
    mend: `请换一个名称，例如${quoted(`${text(name) || "price"}_1`)}。`,
  }),
  duplicateName: ({ name }) => ({ what: `有两处都叫${definition(name)}。`, mend: "请给其中一处换个名称。" }),
  questionWithFormula: ({ name }) => ({
    what: `${definition(name)}是一个问题，不能同时用公式计算。`,
    mend: "请删去公式，或把它改成变量。",
  }),
  cycle: ({ path }) => ({
    what: `${definition(Array.isArray(path) ? path[0] : path)}绕了一圈又依赖它自己${Array.isArray(path) && path.length > 2 ? `：${chain(path)}` : ""}。`,
    mend: "请改动其中一个公式，让它不再用到其他几个。",
  }),
  unknownName: ({ name, suggestions }) => ({
    what: `找不到${named(name)}问题或变量。`,
    mend: has(suggestions) ? `${meant(suggestions)}若不是，请补上同名的问题或变量。` : "请核对拼写，或补上同名的问题或变量。",
  }),
  unknownFunction: ({ name, suggestions }) => ({
    what: `没有${named(name)}函数。`,
    mend: has(suggestions) ? `${meant(suggestions)}若不是，请删去它。` : "请核对拼写；如果本意是相乘，请在括号前加上「*」。",
  }),
  functionNotCalled: ({ name, signature }) => ({
    what: `函数${quoted(name, "")}后面要用括号写明参数。`,
    mend: `请写成${quoted(signature, "带括号和参数的形式")}。`,
  }),
  notAFunction: ({ name }) => ({
    what: `${quoted(name, "这里")}是名称，不是函数，后面不能接括号。`,
    mend: "请删去括号；如果本意是相乘，请在括号前加上「*」。",
  }),

  // Inputs of functions
  wrongArgumentCount: ({ function: name, expected, found, signature }) => ({
    what: `函数${quoted(name, "")}需要${inputs(expected)}参数，这里${has(found) ? `写了 ${text(found)} 个` : "的个数不对"}。`,
    mend: `请照${quoted(signature, "文档中的例子")}的样子写。`,
  }),
  unknownArgument: ({ function: name, found, suggestions }) => ({
    what: `函数${quoted(name, "")}没有${named(found)}参数。`,
    mend: has(suggestions) ? `${meant(suggestions)}若不是，请删去这个名称和冒号。` : "请删去参数前面的名称和冒号。",
  }),
  duplicateArgument: ({ function: name, argument }) => ({
    what: `函数${quoted(name, "")}的参数${quoted(argument, "")}写了两次。`,
    mend: "请只保留一个。",
  }),
  missingArgument: ({ function: name, argument, signature }) => ({
    what: `函数${quoted(name, "")}缺少参数${quoted(argument, "")}。`,
    mend: `请照${quoted(signature, "文档中的例子")}的样子写。`,
  }),
  labelNeeded: ({ function: name, example }) => ({
    what: `函数${quoted(name, "")}的每个参数前面都要写明它是什么，再加冒号。`,
    mend: `请照${quoted(example, "文档中的例子")}的样子写。`,
  }),

  // Kinds
  kindMismatch: ({ expected, found, what }) => ({
    what: `${demanded(what)}应为${kinds(expected)}，这里却是${kind(found)}。`,
    mend: conversion(expected, found),
  }),
  operandsMismatch: ({ operator, left, right }) =>
    operator === "if"
      ? { what: `这个「if」在一种情形下给出${kind(left)}，在另一种情形下给出${kind(right)}。`, mend: "请让两种情形给出同一类的量。" }
      : {
          what: `${quoted(operator, "这个符号")}不能把${kind(left)}和${kind(right)}放在一起。`,
          mend: lookup(joining, operator) ?? "请让两边成为同一类的量，或除以「1 USD」、「1 year」这样的单位，得到普通的数。",
        },
  yesNoArithmetic: ({ operator, suggestion }) => ({
    what: `是非答案不能当作数来用${quoted(operator, "这个符号")}计算。`,
    mend: `请改写成${quoted(suggestion, "「if … then 1 else 0」")}。`,
  }),
  moneyWithoutCurrency: ({ found, suggestion }) => ({
    what: `${quoted(found, "这里")}应当是金额，但没有写货币。`,
    mend: `请写成${quoted(suggestion, "带货币的金额")}。`,
  }),
  durationWithoutUnit: ({ found, suggestion }) => ({
    what: `${quoted(found, "这里")}应当是时长，但没有写单位。`,
    mend: `请写成例如${quoted(suggestion, "「18 months」")}，也可以用「days」、「weeks」、「years」。`,
  }),
  unknownCurrency: ({ found, known }) => ({
    what: `没有${quoted(found, "这种货币")}的汇率。`,
    mend: `请在工作区设置的「rates」里补上，或改用${listed(known, "或", "已有汇率的货币")}。`,
  }),
  currencyWithoutAmount: ({ found, suggestion }) => ({
    what: `只写了货币${quoted(found, "")}，没有写金额。`,
    mend: `请连金额一起写，例如${quoted(suggestion, "「USD 100」")}。`,
  }),
  choiceUnknownOption: ({ option, options, suggestions }) => ({
    what: `${quoted(option)}不在备选答案之中。`,
    mend: `${meant(suggestions)}备选答案有${listed(options, "和", "问题列出的几个")}。`,
  }),
  duplicateOption: ({ option }) => ({ what: `答案${quoted(option, "")}列了两次。`, mend: "请只保留一次，并写上它的全部概率。" }),
  textOutsideComparison: ({ found }) => ({
    what: `文字${quoted(found, "")}只能用来和问题的答案比较。`,
    mend: `请写成例如${quoted(`leader is "${text(found) || "openai"}"`)}；如果它是名称，请去掉引号。`,
  }),

  // Distributions
  notADistribution: ({ function: name, found }) => ({
    what: `函数${quoted(name, "")}需要一个不确定的量，${quoted(found, "这里写的")}却不是。`,
    mend: "请写成区间或分布，例如「5 to 50」或「normal(10, 2)」。",
  }),
  parameterMustBeConstant: ({ what }) => ({
    what: `${demanded(what)}必须是固定的，这里却随情景而变。`,
    mend: "请直接写数、金额或日期，不要用到问题或其他不确定的量。",
  }),
  notFinite: ({ what, count, draws }) =>
    has(count)
      ? {
          what: `${definition(what)}在${scenarios(count, draws)}里变得无穷大。`,
          mend: "请检查是否除以了接近零的数，或某个日期可能是「never」，并排除这种情形。",
        }
      : { what: `${demanded(what)}应当是普通的数，这里却是无穷大或「never」。`, mend: "请写普通的数、金额或日期。" },
  probabilityOutsideUnit: ({ found, suggestion }) => ({
    what: `概率必须在 0 和 1 之间，${quoted(found, "这里的数")}超出了范围。`,
    mend:
      suggestion === "low" || suggestion === "high"
        ? `请用「${suggestion}:」写${suggestion === "low" ? "最小" : "最大"}的可能值，或改用 0% 与 100% 之间的概率。`
        : has(suggestion)
          ? `是否想写${quoted(suggestion)}？请加上百分号。`
          : "请写 0% 到 100% 之间的概率，例如「65%」。",
  }),
  weightsNotPositive: ({ found }) => ({
    what: `权重${quoted(found, "")}不大于零。`,
    mend: "请写大于零的权重，例如「60%」，或删去这一部分。",
  }),
  weightsRescaled: ({ total }) => ({
    what: `各项权重合计${has(total) ? `为 ${percent(total)}，` : ""}不是 100%，已按比例调整。`,
    mend: "如果这不是您的本意，请改成合计 100%。",
  }),
  unassignedProbability: ({ assigned, unassigned }) => ({
    what: `各项概率合计${has(assigned) ? `为 ${percent(assigned)}，` : ""}不是 100%。`,
    mend: !has(unassigned)
      ? "请改成合计 100%。"
      : Number(unassigned) > 0
        ? `请把缺少的 ${percent(unassigned)} 分给其中一项，在「dates」里也可以写「never: ${percent(unassigned)}」。`
        : `请从其中一项减去多出的 ${percent(-Number(unassigned))}。`,
  }),
  intervalOutOfOrder: ({ low, high }) => ({
    what: has(low) && has(high) ? `下限${quoted(low)}不小于上限${quoted(high)}。` : "下限不小于上限。",
    mend: "请把较小的写在前面。",
  }),
  quantilesOutOfOrder: ({ found, after }) => ({
    what: `${quoted(found, "这一项")}排在${quoted(after, "更大的一项")}之后，但每一项都应当比前一项大。`,
    mend: "请按从小到大的次序写。",
  }),
  metalogInfeasible: ({ kind: of, medianLow, medianHigh, probability }) => ({
    what: `没有一条平滑的分布能同时经过这几个点${has(probability) ? `，问题出在${troubleSpot(Number(probability))}` : ""}。`,
    mend:
      has(medianLow) && has(medianHigh)
        ? `请把中间的值移到 ${amount(of, medianLow)} 与 ${amount(of, medianHigh)} 之间，不要贴近两端，或调整两头的值。`
        : "请调整这几个点，让相邻的间隔变化得缓一些，或去掉其中一个点。",
  }),
  distributionParameters: ({ family, reason, details }) => {
    const rule = lookup(parameterRules, reason) ?? (() => ({ what: "它们互相矛盾", mend: "请检查它们的次序、正负和大小。" }));
    const { what, mend } = rule(quoted(inputAtFault(details), "其中一个参数"));
    return { what: `这些参数构不成${quoted(functionOf(family), "一个分布")}：${what}。`, mend };
  },

  // Results
  textNeeded: ({ argument }) => ({
    what: `${quoted(argument, "这一项")}要写工作区里所描述的名称，并加双引号。`,
    mend: '请写成「trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t", tokens: 10T)」这样。',
  }),
  unknownLabItem: ({ what, found, suggestions }) => ({
    what: `本工作区没有${named(found)}${itemKind(what).one}。`,
    mend: has(suggestions)
      ? `是否想写${listed(suggestions, "或")}？若不是，请在${itemKind(what).list}中补上这一条。`
      : `请在${itemKind(what).list}中补上这一条。`,
  }),
  trainingUnpredicted: ({ lab, aiModel, reason }) => ({
    what: `说不出${quoted(lab, "该集群")}训练${quoted(aiModel, "该模型")}要多久，因为${lookup(trainingReasonsZh, reason) ?? trainingReasonsZh.other}。`,
    mend: "请修改集群或模型的描述，或训练数据的数量。",
  }),
  unknownChip: ({ found, nearest }) => ({
    what: `芯片目录里没有${named(found)}芯片。`,
    mend: `${has(nearest) ? `最接近的是${listed(nearest, "和")}。` : ""}命令「watershed lab chips」列出全部芯片。`,
  }),
  unknownAiModel: ({ found, nearest }) => ({
    what: `没有${named(found)}已发表模型，这里也没有写明它自己的层数和宽度。`,
    mend: `${has(nearest) ? `最接近的是${listed(nearest, "和")}。也可以` : "请"}写明「layers」和「hidden」，以及其他已知的尺寸。`,
  }),
  dimensionsMissing: () => ({
    what: "没有写明这个模型与哪个已发表的模型相同，也没有写明层数和宽度。",
    mend: "请补上「like: DeepSeek-V3」，或者「layers」和「hidden」。",
  }),
  formatNotOnChip: ({ chip, found, formats }) => ({
    what: `${quoted(chip, "这种芯片")}没有${named(found)}数值格式。`,
    mend: `它有${listed(formats, "和", "别的格式")}。`,
  }),
  undefinedResult: ({ reason }) => {
    const why = lookup(undefinedReasons, reason) ?? undefinedReasons.undefinedInput;
    return { what: `这个公式算不出结果，因为${why.what}。`, mend: why.mend };
  },
  undefinedDraws: ({ column, count, draws, operator }) => {
    const why = undefinedReasons[lookup(reasonOfOperator, operator) ?? "undefinedInput"];
    return { what: `${definition(column)}在${scenarios(count, draws)}里算不出结果，因为${why.what}。`, mend: why.mend };
  },

  // Where formulas, forecasts and cases meet
  forecastNotDistribution: ({ question, by }) => ({
    what: `${quoted(by, "此人")}对${quoted(question, "该问题")}的预测用到了其他不确定的量。`,
    mend: "请写固定的数或日期，例如「5 to 50」或「dates(2025-12-31: 40%, never: 60%)」。",
  }),
  probabilitiesNotWhole: ({ question, by, sum }) => ({
    what: `${quoted(by, "此人")}对${quoted(question, "该问题")}给出的概率合计${has(sum) ? `为 ${text(sum)}，` : ""}不是 100%。`,
    mend: "请改成合计 100%。",
  }),
  beliefMissing: ({ question }) => ({
    what: `还没有人对${quoted(question, "这个问题")}作预测。`,
    mend: "请补上一条预测，或在问题里写一行「belief: 50%」。",
  }),
  correlationsImpossible: ({ questions, pair, rank, nearest }) => ({
    what: `${listed(questions, "和", "这几个问题")}之间的相关性互相矛盾${has(rank) ? `，${listed(pair, "和", "这两个问题")}之间的 ${text(rank)} 与其余几项无法同时成立` : ""}。`,
    mend: has(nearest)
      ? `这里请写「rank: ${text(nearest)}」。与其余建议一并修改后，这是离原值最近又能成立的一组。`
      : "请把其中一些调得更接近 0。",
  }),
  correlationNotDrawn: ({ question }) => ({
    what: `${quoted(question, "其中一个问题")}是由其他量算出来的，不能直接设定相关。`,
    mend: "请改为设定它所依赖的问题之间的相关，或为它补上单独的预测。",
  }),
  termNotConstant: ({ field }) => ({
    what: `${fieldName(field)}是今天的报价条款，必须是固定金额，这里却随情景而变。`,
    mend: "请直接写金额，例如「2.5bn USD」。",
  }),
  actionNotFixed: ({ field }) => ({
    what: `行动的${fieldName(field)}必须是固定的数，这里却随情景而变。`,
    mend: "请直接写数，例如「40k USD」或「80%」。",
  }),
  noiseNotPositive: ({ field }) => ({
    what: `${fieldName(field)}必须大于零。`,
    mend: "请写出通常会差多少，例如「3 months」或「20%」；没有误差的答案请用资料室，并删去这一行。",
  }),
  resultsNotWhole: ({ question, option, sum }) => ({
    what: `${quoted(question, "该问题")}的答案是${quoted(option, "该选项")}时，各种说法的概率合计${has(sum) ? `为 ${text(sum)}，` : ""}不是 100%。`,
    mend: "请让每个选项各有一行，每行合计 100%。",
  }),
  riskNotFixed: ({ field }) => ({
    what: `风险态度里的${fieldName(field)}必须是一个固定金额，这里却随情景而变。`,
    mend: "请直接写金额，例如「40M USD」。",
  }),
  riskNotPositive: ({ field, least }) => ({
    what: `风险态度里的${fieldName(field)}必须${text(least) === "0" ? "不小于零" : "大于零"}。`,
    mend: "请写一个正的金额，例如「40M USD」。",
  }),
  casesTwice: ({ company, earlier }) => ({
    what: `公司${quoted(company, "")}已经有一个案例${has(earlier) ? `，即${quoted(earlier)}` : ""}。`,
    mend: "请每家公司只留一个案例，把各种等待方案都放进去。",
  }),
  noCases: () => ({
    what: "还没有任何公司的投资案，没有可决策的内容。",
    mend: "请在「cases」下写一个投资案，包括退出价值、金额和价格。字段可用「watershed schema case」查看。",
  }),
  caseWithoutAlternative: ({ company }) => ({
    what: `${quoted(company, "这家公司")}的投资案没有任何可选方案，「now」、「stage」、「wait」都没写。`,
    mend: "请在「now」下写今天的条款，或在「wait」下写要等的触发条件，否则只能是不投。",
  }),
  triggerLapsed: ({ trigger, deadline, day, companies }) => ({
    what: `触发条件${quoted(trigger, "")}的截止日期${has(deadline) ? ` ${text(deadline)} ` : ""}早于${dayOfRun(day)}，${listed(companies, "和", "该公司")}已无法再等，计算结果不含这项等待。`,
    mend: "请把它的「deadline」改到更晚的日期，或从投资案里去掉这项等待。",
  }),
  exitPassed: ({ column, count, draws, day }) => ({
    what: `${definition(column)}在${scenarios(count, draws)}里早于${dayOfRun(day)}，等于公司已经卖出。`,
    mend: "请写更晚的日期，例如「today + 5 years」。",
  }),
  termNotPositive: ({ field, least }) =>
    least === "more"
      ? { what: `${fieldName(field)}必须大于零。`, mend: "请写实际要投的金额，例如「5M USD」。" }
      : { what: `${fieldName(field)}不能小于零。`, mend: "请写零或正数，例如「30M USD」。" },
  ticketAboveCompany: () => ({
    what: "投资金额超过了整家公司（老股加新股）的价格。",
    mend: "请调低「ticket」，或调高「preMoney」或「newMoney」，后两者之和就是投后估值。",
  }),
  infiniteMean: ({ cases, alternatives, index }) => ({
    what: `这个分布的尾部太重${has(index) ? `（尾部指数为 ${text(index)}）` : ""}，${worthOf(cases, alternatives)}没有均值。情景越多数字越大，误差也没有意义。`,
    mend: "请写明上限，例如「truncate(..., high: USD 50bn)」，或改用更轻的尾部，让指数大于 1。",
  }),
  infiniteVariance: ({ cases, alternatives, index }) => ({
    what: `这个分布的尾部太重${has(index) ? `（尾部指数为 ${text(index)}）` : ""}，${worthOf(cases, alternatives)}有均值而没有方差。结果由极少数情景决定，标准误会显得过小。`,
    mend: "请写明上限，例如「truncate(..., high: USD 50bn)」，或改用更轻的尾部，让指数大于 2。",
  }),
  noAlternatives: () => ({ what: "没有任何可选的方案。", mend: "请在「alternatives」下至少写一个方案。" }),
};

/** What was found, in 「」. */
function quoted(value: Param, otherwise = "它"): string {
  if (!has(value)) return otherwise;
  return Array.isArray(value) ? listed(value, "和", otherwise) : `「${shortened(value)}」`;
}

function named(name: Param): string {
  return has(name) ? `名为${quoted(name)}的` : "这样的";
}

/** What a heavy tail reaches: cases of a workspace, or alternatives of a case file. */
function worthOf(cases: Param, alternatives: Param): string {
  return has(alternatives) ? `方案${listed(alternatives, "和")}的价值` : `投资案${listed(cases, "和", "")}的价值`;
}

function listed(value: Param, conjunction: "和" | "或", otherwise = "这几项", most = mostListed): string {
  if (!has(value)) return otherwise;
  const all = Array.isArray(value) ? value : [String(value)];
  const shown = all.slice(0, most).map((one) => quoted(one));
  if (all.length > most) return `${shown.join("、")}……`;
  return shown.length < 2 ? shown[0] : `${shown.slice(0, -1).join("、")}${conjunction}${shown.at(-1)}`;
}

function meant(suggestions: Param): string {
  return has(suggestions) ? `是否想写${listed(suggestions, "或")}？` : "";
}

/** An amount of a kind of which only a bare number of days, money or share is known. */
function amount(of: Param, value: Param): string {
  const number = Number(value);
  if (of === "date") return dayText(number);
  if (of === "duration") return `${grouped(Number(number.toPrecision(4)))} 天`;
  return of === "probability" ? percent(Number(number.toPrecision(4))) : grouped(Number(number.toPrecision(4)));
}

function troubleSpot(probability: number): string {
  if (probability < 0.01) return "低的一端";
  return probability > 0.99 ? "高的一端" : ` ${percent(Number(probability.toPrecision(2)))} 附近`;
}

/** The day that figures are seen from. */
function dayOfRun(day: Param): string {
  return `决策日${has(day) ? ` ${text(day)}` : ""}`;
}

function scenarios(count: Param, draws: Param): string {
  if (!has(count)) return "部分情景";
  return `${has(draws) ? ` ${grouped(draws)} 个情景中的` : ""} ${grouped(count)} 个${has(draws) ? "" : "情景"}`;
}

/** The last name of a path: `wait.0.preMoney` is preMoney, `sources.1` the second entry of sources. */
function fieldName(path: Param): string {
  const steps = text(path).split(".");
  const last = steps.at(-1)!;
  if (last === "") return "这一条";
  return /^\d+$/.test(last) && steps.length > 1 ? `${quoted(steps.at(-2))}的第 ${Number(last) + 1} 项` : quoted(last);
}

const ownFieldExamples: Record<string, string> = {
  ...fieldExamples,
  name: "稀宇科技",
  title: "创始人访谈",
  text: "下一代模型能否超过 GPT-4？",
  statement: "规模定律到 2027 年依然成立。",
  zh: "中文",
  criterion: "当天在公开榜单上排名第一。",
};

function fieldExample(path: Param, expected: Param): string {
  const last = text(path).split(".").at(-1)!;
  if (last === "" || /^\d+$/.test(last)) return "「id: passes_gpt4」";
  const choices = text(expected).includes(" | ") ? text(expected).split(" | ")[0] : undefined;
  return quoted(`${last}: ${choices ?? lookup(ownFieldExamples, last) ?? lookup(kindExamples, expected) ?? "…"}`);
}

/** A value of a file as found: its text, or that it is a list or a group of fields. */
function shape(found: Param): string {
  const words: Record<string, string> = { nothing: "空白", "a list": "一份清单", "a map": "一组栏目" };
  return lookup(words, found) ?? quoted(found, "别的内容");
}

const fieldKinds: Record<string, { noun: string; mend: string }> = {
  text: { noun: "一行文字", mend: "请在冒号后直接写文字或公式，以特殊符号开头时加上引号。" },
  number: { noun: "一个数", mend: "请在冒号后直接写数，不加引号，也不带单位。" },
  int: { noun: "一个整数", mend: "请写整数，例如「1」。" },
  boolean: { noun: "「true」或「false」", mend: "请在冒号后写「true」或「false」。" },
  array: { noun: "一份清单", mend: "请写成清单，例如「[first, second]」，或让每一条另起一行、以连字符开头。" },
  tuple: { noun: "两项的清单", mend: "请把两项放在方括号里，例如「[first, second]」。" },
  "a formula": { noun: "一个公式", mend: "请在冒号后写公式，例如「5 to 50」。" },
  "a map of formulas": {
    noun: "一组有名称的公式",
    mend: "请每行写一个名称、冒号和公式，例如「passes_gpt4: chance(65%)」，并缩进两个空格。",
  },
  object: { noun: "一组栏目", mend: "请在下面逐行写它的栏目，比它多缩进两个空格。" },
};

function fieldKind(expected: Param): { noun: string; mend: string } {
  const same: Record<string, string> = {
    string: "text",
    record: "object",
    map: "object",
    "a list": "array",
    "a map": "object",
    "a formula or a map": "a formula",
  };
  const known = lookup(fieldKinds, lookup(same, expected) ?? expected);
  return known ?? { noun: "别的内容", mend: "请对照文档中的例子修改。" };
}

function bound(found: Param, limit: Param, side: Param): string {
  if (!has(limit)) return "在允许的范围之内";
  if (Number(found) === Number(limit)) return side === "most" ? `小于 ${text(limit)}` : `大于 ${text(limit)}`;
  return side === "most" ? `不大于 ${text(limit)}` : `不小于 ${text(limit)}`;
}

const itemKinds: Record<string, { one: string; list: string }> = {
  person: { one: "成员", list: "「people」" },
  source: { one: "来源", list: "「sources」" },
  fact: { one: "事实", list: "「facts」" },
  evidence: { one: "来源或事实", list: "「sources」或「facts」" },
  question: { one: "问题", list: "「questions」" },
  forecast: { one: "预测", list: "「forecasts」" },
  correlation: { one: "相关系数", list: "「correlations」" },
  thesis: { one: "论点", list: "「theses」" },
  track: { one: "赛道", list: "「tracks」" },
  criterion: { one: "评判标准", list: "某条赛道的「criteria」" },
  company: { one: "公司", list: "「companies」" },
  assessment: { one: "评分", list: "「assessments」" },
  round: { one: "融资轮次", list: "「rounds」" },
  position: { one: "持仓", list: "「positions」" },
  lab: { one: "集群", list: "「labs」" },
  aiModel: { one: "模型", list: "「aiModels」" },
  quantity: { one: "变量", list: "「quantities」" },
  signal: { one: "信号", list: "「signals」" },
  knowable: { one: "问题或信号", list: "「questions」或「signals」" },
  trigger: { one: "触发条件", list: "「triggers」" },
  case: { one: "投资案例", list: "「cases」" },
  action: { one: "行动", list: "「actions」" },
  decision: { one: "决策", list: "「decisions」" },
  alternative: { one: "方案", list: "「alternatives」" },
  study: { one: "调研", list: "「studies」" },
  resolution: { one: "揭晓结果", list: "「resolutions」" },
  note: { one: "笔记", list: "「notes」" },
};

/** 训练为何没有预测，按算力实验室的代码。 */
const trainingReasonsZh: Record<string, string> = {
  notPositive: "训练数据的数量必须大于零",
  doesNotFit: "不论怎么切分，芯片的显存都放不下",
  missing: "缺少模型的某个尺寸",
  unknownChip: "芯片目录里没有这种芯片",
  unknownName: "没有已发表的模型叫这个名字",
  precisionNotOnChip: "芯片没有这种数值格式",
  doesNotDivide: "所给的切分不能整除模型",
  productNotChips: "所给的切分不能整除芯片数",
  other: "读不懂它的描述",
};

/** The words for a kind of item, given as `question` or by its list, `questions`. */
function itemKind(kind: Param): { one: string; list: string } {
  const words = lookup(itemKinds, kind) ?? Object.values(itemKinds).find(({ list }) => list === `「${text(kind)}」`);
  return words ?? { one: "条目", list: "所属的清单" };
}

function questionKind(kind: Param): string {
  const words: Record<string, string> = { yesNo: "是或否", number: "一个数", date: "一个日期", oneOf: "几个答案中的哪一个" };
  return lookup(words, kind) ?? "另一类答案";
}

function qualityExample(kind: Param): string {
  if (kind === "oneOf") return "「hitRate: 60%」这样的一行";
  if (kind === "date") return "「noise: 3 months」这样的一行";
  return kind === "number" ? "「relativeNoise: 20%」这样的一行" : "「sensitivity: 80%」和「specificity: 70%」两行";
}

function answerExample(field: Param, kind: Param): string {
  if (field === "probabilities") return "「probabilities: { openai: 60%, other: 40% }」";
  if (field !== "distribution") return "「probability: 65%」";
  return kind === "date" ? "「distribution: dates(2025-12-31: 40%, never: 60%)」" : "「distribution: 5 to 50」";
}

/** Why the system refused, from its short name for the failure. */
function because(reason: Param): string {
  const words: Record<string, string> = {
    EACCES: "没有权限",
    EPERM: "没有权限",
    ENOENT: "它已经不在了",
    EBUSY: "别的程序正在使用它",
    EISDIR: "它是一个文件夹",
    ENOTDIR: "路径中有一段是文件",
    ELOOP: "它指向了自己",
    ENOSPC: "磁盘已满",
    EROFS: "磁盘只能读取",
  };
  if (!has(reason) || reason === "unknown") return "";
  return `，因为${lookup(words, reason) ?? `系统报告${quoted(reason)}`}`;
}

function needsQuotes(reason: Param): string {
  if (!has(reason)) return "";
  if (reason === ",") return "，因为在花括号里，逗号会把这一栏截断";
  return text(reason).trim() === ":" ? "，因为其中有冒号" : `，因为它以${quoted(reason)}开头`;
}

function starred(name: Param): string {
  return has(name) ? quoted(`*${text(name)}`) : "这里的星号";
}

function syntaxMishap(found: Param): ProblemWording {
  return {
    what: has(found) ? `这一行从${quoted(found)}起无法理解。` : "这一行无法理解。",
    mend: "请写成「name: text」的样子，每行一栏，每一级缩进两个空格。",
  };
}

const syntaxMishaps: Record<string, (found: Param) => ProblemWording> = {
  quoteNotClosed: () => ({ what: "这里的引号没有收尾。", mend: "请补上后一个引号，或删去前一个。" }),
  bracketNotClosed: () => ({ what: "这里的括号没有收尾。", mend: "请补上右括号，或给整段文字加上引号。" }),
  indentation: () => ({ what: "这一行的缩进与同级的行不一致。", mend: "请让同级的各行缩进同样多的空格。" }),
  colonMissing: (found) => ({
    what: `${has(found) ? quoted(found) : "这一行"}缺少冒号。`,
    mend: "请写栏目名称、冒号和一个空格，例如「name: MiniMax」。",
  }),
  reservedCharacter: (found) => ({ what: `这里的文字不能以${quoted(found, "这个字符")}开头。`, mend: "请给整段文字加上引号。" }),
  badEscape: () => ({ what: "这对引号里的反斜杠无法理解。", mend: "请改用单引号「'…'」，或把反斜杠写两遍。" }),
  textAfterValue: (found) => ({
    what: `内容已经结束，后面却还有${quoted(found, "别的文字")}。`,
    mend: "请给整段文字加上引号，或删去多出的部分。",
  }),
  keyTooLong: () => ({ what: "冒号前面的文字太长，不像栏目名称。", mend: "请给整段文字加上引号，或把它移到某个栏目名称之后。" }),
  listOnKeyLine: () => ({ what: "清单不能和栏目名称写在同一行。", mend: "请从下一行开始写清单。" }),
};

/** What could have stood at a place in a formula. */
function awaited(expected: Param): string {
  const words: Record<string, string> = { operand: "一个数或名称", operator: "「+」这样的符号", end: "公式的结尾" };
  const all = (Array.isArray(expected) ? expected : has(expected) ? [String(expected)] : ["operand"]).map(
    (one) => lookup(words, one) ?? quoted(one),
  );
  return all.length < 2 ? all[0] : `${all.slice(0, -1).join("、")}或${all.at(-1)}`;
}

function inputs(expected: Param): string {
  const range = text(expected);
  if (range.endsWith("+")) return `至少 ${range.slice(0, -1)} 个`;
  return range === "" ? "另外个数的" : ` ${range.replace("-", " 到 ")} 个`;
}

const termsOfCase: Record<string, string> = {
  triggerDate: "触发日期",
  ticketThen: "投资额",
  preMoneyThen: "投前估值",
  newMoneyThen: "融资总额",
  access: "拿到份额的概率",
  aheadThen: "优先于我方的金额",
};

const signalParts = new Set(["sensitivity", "specificity", "noise", "accuracy", "readOn"]);

/** A definition as people know it: names that were made for formulas are put back into words. */
function definition(name: Param): string {
  const parts = text(name).split(".");
  const [first, second] = parts;
  const third = parts.length > 2 ? parts.at(-1) : undefined;
  if (first === "forecast" && second === "prior") return `对${quoted(third)}的判断`;
  if (first === "forecast" && second) return `${quoted(second)}对${quoted(third)}的预测`;
  if (first === "trigger" && second) return `触发条件${quoted(second)}`;
  if (first === "action" && second) return `行动${quoted(second)}的${quoted(third === "cost" ? third : text(name).split(".").at(-1))}`;
  if (first === "alternative" && second) return `方案${quoted(second)}`;
  if (first === "study" && second) return `调研${quoted(second)}`;
  if (!third && signalParts.has(second)) return `信号${quoted(first)}的${quoted(second)}`;
  if (second === "stage" && parts.length === 3) return `案例${quoted(first)}首笔投资的${quoted(third)}`;
  if (third) return `案例${quoted(first)}等待${quoted(parts.at(-2))}时的${lookup(termsOfCase, third) ?? quoted(third)}`;
  return second ? `案例${quoted(first)}的${quoted(second)}` : quoted(name, "它");
}

function chain(path: string[]): string {
  return path.length > mostListed ? `${path.slice(0, mostListed).map(definition).join(" → ")} → ……` : path.map(definition).join(" → ");
}

/** What a kind was demanded of: the input of a function, an end of a range, a condition, or a whole definition. */
function demanded(what: Param): string {
  const places: Record<string, string> = { to: "区间的两端", if: "「if」后面的条件", not: "「not」后面的内容", "-": "负号后面的内容" };
  const words = text(what);
  const [name, part] = words.split(": ");
  if (words === "") return "这里";
  if (part) return `${quoted(name)}的参数${quoted(part)}`;
  return lookup(places, words) ?? (functionNames.has(words) ? `${quoted(words)}的每个参数` : definition(words));
}

const kindWords: Record<string, string> = {
  number: "数",
  probability: "概率",
  money: "金额",
  date: "日期",
  duration: "时长",
  yesNo: "是非答案",
  choice: "几个答案之一",
};

function kind(name: Param): string {
  const [, word, options] = /^(\w+)(?:\((.*)\))?$/.exec(text(name)) ?? [];
  if (word === "choice" && options) return `${listed(options.split(", "), "和")}之一`;
  return kindWords[word] ?? "别的内容";
}

function kinds(names: Param): string {
  const all = Array.isArray(names) ? names.map(kind) : [kind(names)];
  return all.length < 2 ? (all[0] ?? "别的内容") : `${all.slice(0, -1).join("、")}或${all.at(-1)}`;
}

/** How to get from the kind that was found to the one that is needed. */
function conversion(expected: Param, found: Param): string {
  const needed = (Array.isArray(expected) ? expected : [text(expected)]).map((one) => one.replace(/\(.*/, ""));
  const given = text(found).replace(/\(.*/, "");
  const known = needed.map((one) => conversions[`${given} > ${one}`]).find((mend) => mend !== undefined);
  return known ?? `请写成例如${needed.map((one) => kindSamples[one]).find((sample) => sample !== undefined) ?? "「5 to 50」"}。`;
}

const conversions: Record<string, string> = {
  "number > money": "请在数后面写上货币，或乘以「1 USD」这样的金额。",
  "number > duration": "请在数后面写上单位，或乘以「1 year」这样的时长。",
  "number > date": "请把时长加在日期上，例如「today + 18 months」。",
  "duration > date": "请把它加在日期上，例如「today + 18 months」。",
  "date > duration": "请减去另一个日期，例如「exit_date - today」。",
  "date > number": "请减去另一个日期再换算，例如「years(exit_date - today)」。",
  "duration > number": "请换算成数，例如「years(18 months)」。",
  "money > number": "请除以一笔金额，例如「revenue / 1 USD」。",
  "yesNo > number": "请写明是与否各算多少，例如「1 if passes_gpt4 else 0」。",
  "yesNo > probability": "请写明两种情形下的概率，例如「80% if passes_gpt4 else 20%」。",
  "yesNo > money": "请写明两种情形下的金额，例如「5bn USD if passes_gpt4 else 1bn USD」。",
  "yesNo > date": "请写明两种情形下的日期，例如「2026-06-30 if passes_gpt4 else never」。",
  "probability > yesNo": "请写「chance(65%)」，按概率抽出是或否，或改成一个比较。",
  "number > yesNo": "请写成比较，例如「elo > 1300」。",
  "money > yesNo": "请写成比较，例如「revenue > 100M USD」。",
  "date > yesNo": "请写明是否如期发生，例如「ipo_date by 2026-12-31」。",
  "duration > yesNo": "请写成比较，例如「delay < 6 months」。",
  "choice > yesNo": "请写明是哪个答案，例如「leader is openai」。",
};

const kindSamples: Record<string, string> = {
  number: "「3.5」或「5 to 50」",
  probability: "「65%」",
  money: "「2.5bn USD」",
  date: "「2026-06-30」",
  duration: "「18 months」",
  yesNo: "「elo > 1300」",
  choice: "「oneOf(openai: 60%, other: 40%)」",
};

const comparing = "请只比较同一类的量，例如「revenue > 100M USD」，或「leader is openai」。";
const joining: Record<string, string> = {
  "=": comparing,
  "!=": comparing,
  "<": comparing,
  "<=": comparing,
  ">": comparing,
  ">=": comparing,
  "+": "请只把同一类的量相加；日期可以加上「18 months」这样的时长。",
  "-": "请只用同一类的量相减；日期可以减去「18 months」这样的时长，或减去另一个日期。",
  "*": "请乘以普通的数或百分比。",
  "/": "请除以普通的数，或用一笔金额除以另一笔。",
  "^": "请在「^」两边都写普通的数。",
  to: "请让区间两端用同样的单位，例如「5bn USD to 50bn USD」。",
  by: "请在「by」两边都写日期，例如「ipo_date by 2026-12-31」。",
  and: "请在「and」两边都写是非条件，例如「passes_gpt4 and elo > 1300」。",
  or: "请在「or」两边都写是非条件，例如「passes_gpt4 or elo > 1300」。",
};

/** What a distribution asks of its inputs; `input` is the one that fails. */
const parameterRules: Record<string, (input: string) => ProblemWording> = {
  parameterNotFinite: (input) => ({ what: `${input}是无穷大或「never」`, mend: "请写普通的数、金额或日期。" }),
  standardDeviationNotPositive: () => ({ what: "离散程度必须大于零", mend: "请写大于零的离散程度，例如「normal(10, 2)」。" }),
  shapeNotPositive: (input) => ({ what: `${input}必须大于零`, mend: `请让${input}大于零。` }),
  scaleNotPositive: (input) => ({ what: `${input}必须大于零`, mend: `请让${input}大于零。` }),
  meanNotPositive: () => ({ what: "均值必须大于零", mend: "请写大于零的均值。" }),
  probabilityOutsideUnit: () => ({ what: "概率必须在 0% 与 100% 之间", mend: "请写「65%」这样的概率。" }),
  lowNotBelowHigh: () => ({ what: "下限必须小于上限", mend: "请把较小的写在前面。" }),
  modeOutsideRange: () => ({ what: "最可能的值必须在下限与上限之间", mend: "请按下限、最可能值、上限的次序，从小到大写三个值。" }),
  weightsNotPositive: () => ({ what: "权重必须大于零", mend: "请给每一项写上大于零的权重，或删去没有权重的项。" }),
  trialsNotWhole: () => ({ what: "试验次数必须是不小于 1 的整数", mend: "请写整数，例如「binomial(20, 30%)」。" }),
  tooFewPoints: () => ({ what: "点太少", mend: "请再补一个点。" }),
  pointsOutOfOrder: () => ({ what: "各点必须依次增大", mend: "请按从小到大的次序写。" }),
  cumulativeNotFromZeroToOne: () => ({ what: "概率必须累计到 100%", mend: "请改最后一项的概率，或把剩下的给「never」。" }),
  metalogInfeasible: () => ({ what: "没有一条平滑的分布能经过这几个点", mend: "请调整这几个点，让相邻的间隔变化得缓一些。" }),
  truncationEmpty: () => ({ what: "两个界限之间什么也没有", mend: "请把界限移到分布所在的范围。" }),
  quantilesOutOfOrder: () => ({ what: "数值必须随概率增大", mend: "请按从小到大的次序写。" }),
  quantileOutsideBounds: () => ({ what: "每个值都必须在「low」与「high」之间", mend: "请移动这个值，或改动界限。" }),
};

/** Why a step has no result, in the words of whoever wrote the formula. */
const undefinedReasons: Record<string, { what: string; mend: string }> = {
  logOfNonPositive: { what: "对零或负数取了对数", mend: "请让「log」里的量大于零，例如用「max(x, 1)」。" },
  sqrtOfNegative: { what: "对负数开了平方", mend: "请让「sqrt」里的量不小于零，例如用「max(x, 0)」。" },
  powerOfNegative: { what: "对负数取了非整数次方", mend: "请让「^」前面的量大于零，或用整数次方。" },
  divisionByZero: { what: "除数为零", mend: "请避免除数为零，或用「if … then … else …」单独处理这种情形。" },
  neverMinusNever: { what: "用「never」减去了「never」", mend: "请用「if … then … else …」单独处理永不发生的情形。" },
  neverTimesZero: { what: "用「never」乘以了零", mend: "请用「if … then … else …」单独处理永不发生的情形。" },
  neverDividedByNever: { what: "用「never」除以了「never」", mend: "请用「if … then … else …」单独处理永不发生的情形。" },
  discountRateTooLow: { what: "折现率不高于 -100%", mend: "请写高于 -100% 的年化折现率，例如「discount(20%, 3 years)」。" },
  boundsOutOfOrder: { what: "下限高于上限", mend: "请让「clip」的下限低于上限。" },
  parametersOutOfRange: { what: "分布的参数超出了允许的范围", mend: "请让离散程度大于零、下限小于上限，例如用「max(x, 0.1)」。" },
  overflow: { what: "数值变得无穷大", mend: "请检查是否有很大的次方，或除以了接近零的数。" },
  never: { what: "该用普通数的地方可能是「never」", mend: "请用「if … then … else …」单独处理永不发生的情形。" },
  undefinedPower: { what: "这样的次方没有定义", mend: "请让「^」两边都是普通的正数。" },
  undefinedInput: { what: "它用到的某个量没有结果", mend: "请检查它用到的变量，并用「if … then … else …」处理特殊情形。" },
};
