import { dayText } from "@watershed/domain";
import { builtIns } from "@watershed/formula";
import { fieldExamples, kindExamples } from "./field-examples.ts";
import type { ProblemCode, ProblemParams } from "../problem.ts";

/** A problem in words: a sentence that says what is wrong, and one that says how to mend it. */
export interface ProblemWording {
  what: string;
  mend: string;
}

type Param = ProblemParams[string] | undefined;

/** Every problem in English; names and formulas stand in backticks, and a param that is missing leaves a sentence that still reads. */
export const problemsEn: Record<ProblemCode, (params: ProblemParams) => ProblemWording> = {
  // Items
  unknownField: ({ field, fields, suggestion }) => ({
    what: `There is no field ${called(field)} here.`,
    mend: has(suggestion)
      ? `Did you mean ${quoted(suggestion)}? Otherwise remove the line.`
      : has(fields)
        ? `Rename it to one of the fields that exist here (${listed(fields, "and")}), or remove the line.`
        : "Remove the line, or move it to the entry it belongs to.",
  }),
  missingField: ({ field, expected }) => ({
    what: `${sentence(fieldName(field))} is missing.`,
    mend: `Add a line such as ${fieldExample(field, expected)}.`,
  }),
  wrongType: ({ field, found, expected }) =>
    found === "nothing"
      ? { what: `${sentence(fieldName(field))} is empty.`, mend: `Fill it in, for example ${fieldExample(field, expected)}.` }
      : {
          what: `${sentence(fieldName(field))} is ${shape(found)}, but it must be ${fieldKind(expected).noun}.`,
          mend: fieldKind(expected).mend,
        },
  badIdentifier: ({ field, found, part }) => {
    const subject = part === "key" || !has(field) ? quoted(found, "This") : `${quoted(found, "What stands")} in ${fieldName(field)}`;
    if (/^(?:currency|rates)\b/.test(text(field)))
      return { what: `${subject} is not a currency code.`, mend: "Write three capital letters, for example `USD`, `HKD` or `CNY`." };
    return {
      what: `${subject} cannot be used as a name here.`,
      mend: isCitation(field)
        ? "Use letters, digits, hyphens, dots and underscores without spaces, for example `M-CN-12`."
        : "Use lower-case letters, digits and underscores, beginning with a letter, for example `passes_gpt4`.",
    };
  },
  noSuchDate: ({ found, lastDay }) => ({
    what: `${quoted(found, "This")} is not a day in the calendar.`,
    mend: has(lastDay)
      ? `The last day of that month is ${quoted(text(found).replace(/\d+$/, text(lastDay)))}.`
      : "Write year, month and day with hyphens, for example `2024-03-31`.",
  }),
  notOneOf: ({ field, found, options, suggestion }) => ({
    what: `${sentence(fieldName(field))} is ${shape(found)}, which is not one of its choices.`,
    mend: `${has(suggestion) ? `Did you mean ${quoted(suggestion)}? ` : ""}The choices are ${listed(options, "and", "given in the documentation")}.`,
  }),
  outOfRange: (params) => {
    const { field, found, limit, side } = params;
    const share = shareMeant(params);
    return {
      what: `${sentence(fieldName(field))} is ${shape(found)}, but it must be ${bound(found, limit, side)}.`,
      mend: share ? `If you mean ${text(found)}%, write ${quoted(share)}.` : `Write a number that is ${bound(found, limit, side)}.`,
    };
  },
  tooFew: ({ field, found, limit, side }) => {
    if (found !== "a list")
      return { what: `${sentence(fieldName(field))} is empty.`, mend: `Fill it in, for example ${fieldExample(field, "string")}.` };
    const count = `${entries(limit)}`;
    return side === "most"
      ? { what: `${sentence(fieldName(field))} has more than ${count}.`, mend: `Keep ${count} and remove the others.` }
      : { what: `${sentence(fieldName(field))} has too few entries.`, mend: `Give it at least ${count}.` };
  },
  duplicateId: ({ id, kind, earlier }) => ({
    what:
      has(earlier) && kind !== earlier
        ? `The name ${quoted(id)} is given to ${itemKind(earlier).a} and to ${itemKind(kind).a}.`
        : `There are two ${itemKind(kind).many} ${called(id)}.`,
    mend: `Give one of them another name, for example ${quoted(has(id) ? `${text(id)}_2` : "passes_gpt4")}.`,
  }),
  unknownReference: ({ id, target, suggestion }) => ({
    what: `There is no ${itemKind(target).one} ${called(id)}.`,
    mend: `${has(suggestion) ? `Did you mean ${quoted(suggestion)}? Otherwise add` : "Correct the spelling, or add"} ${itemKind(target).a} of this name under ${itemKind(target).list}.`,
  }),
  answerMissing: ({ wanted, question, kind }) => ({
    what: `This forecast on ${quoted(question, "the question")} does not say what is expected.`,
    mend: `Add a line such as ${answerExample(wanted, kind)}.`,
  }),
  answerOfWrongKind: ({ field, wanted, question, kind }) => ({
    what: `${quoted(question, "The question")} asks for ${questionKind(kind)}, so a forecast on it cannot use ${quoted(field)}.`,
    mend: `Replace it by a line such as ${answerExample(wanted, kind)}.`,
  }),
  optionsMissing: ({ question }) => ({
    what: `${quoted(question, "This question")} asks for one of several answers but does not list them.`,
    mend: "Add `options:` with at least two answers, each with an `id` and a `name`.",
  }),
  optionUnknown: ({ option, options, question }) => ({
    what: `${quoted(option, "This")} is not one of the answers of ${quoted(question, "the question")}.`,
    mend: `Use ${listed(options, "or", "an answer that the question lists")}.`,
  }),
  forecastRepeated: ({ by, question, on }) => ({
    what: `${quoted(by, "One person")} has two forecasts on ${quoted(question, "this question")} for the same day${has(on) ? `, ${text(on)}` : ""}.`,
    mend: "Remove one of the two, or give the later one its own day.",
  }),
  triggerTwice: ({ trigger }) => ({
    what: `This wait names the trigger ${quoted(trigger, "it is for")} twice.`,
    mend: "Write either `trigger` with one, or `triggers` with several, each once.",
  }),
  triggerNotWaitedFor: ({ id, triggers, suggestion }) => ({
    what: `There are terms here for ${quoted(id, "a trigger")}, which this wait is not for.`,
    mend: `${has(suggestion) ? `Did you mean ${quoted(suggestion)}? ` : ""}The wait is for ${listed(triggers, "and", "the triggers it lists")}; add it there, or remove its terms.`,
  }),
  signalUnfit: ({ field, wanted, question, kind }) => ({
    what: has(field)
      ? `${quoted(question, "The question")} asks for ${questionKind(kind)}, so ${quoted(field)} cannot stand in this signal on it.`
      : `This signal on ${quoted(question, "its question")} does not say how it can mislead.`,
    mend: `Here a signal is described by ${listed(wanted, "and", "the fields in the documentation")}; \`noise\` and \`reading\` stand alone.`,
  }),

  qualityMissing: ({ question, kind }) => ({
    what: `This does not say how far the answer on ${quoted(question, "the question")} can be trusted.`,
    mend: `Add ${qualityExample(kind)}.`,
  }),
  qualityOfWrongKind: ({ field, question, kind }) => ({
    what: `${quoted(question, "The question")} asks for ${questionKind(kind)}, so an action on it cannot have ${called(field)}.`,
    mend: `Replace it by ${qualityExample(kind)}.`,
  }),
  observedTwice: ({ question }) => ({
    what: `This action names the question ${quoted(question, "given here")} twice.`,
    mend: "Keep one entry for it; several people who answer it are its `experts` or its `panel`.",
  }),
  delayTwice: ({ on }) => ({
    what: `This action says both how many days it takes and that it is done on ${quoted(on, "a day")}.`,
    mend: "Keep `delayDays` or `on`, not both.",
  }),
  doneWithoutDay: () => ({
    what: "This action is done, and does not say when that was.",
    mend: "Add the day, `doneOn: 2024-06-30`.",
  }),
  dayWithoutDone: ({ on, status }) => ({
    what: `This action says that it was done on ${quoted(on, "a day")}, and that it is ${quoted(status, "not done")}.`,
    mend: "Write `status: done`, or take `doneOn` away.",
  }),

  // Files and folders
  folderMissing: ({ folder }) => ({
    what: `The folder ${quoted(folder, "you named")} does not exist.`,
    mend: `Check the spelling${has(folder) ? `, or start a new workspace with ${quoted(`watershed new ${text(folder)}`)}` : ""}.`,
  }),
  notAFolder: ({ folder }) => ({
    what: `${quoted(folder, "This")} is a file, not a folder.`,
    mend: "Name the folder that holds the files of the workspace.",
  }),
  notAWorkspace: ({ folder, command, inner }) => ({
    what: `The folder ${quoted(folder, "you named")} holds no workspace.`,
    mend: has(inner)
      ? `Choose a workspace inside it: ${listed(inner, "or")}.`
      : `Choose another folder${has(command) ? `, or start a new workspace with ${quoted(command)}` : ""}.`,
  }),
  folderNotEmpty: ({ folder, found }) => ({
    what: `The folder ${quoted(folder, "you named")} is not empty${has(found) ? `: it holds ${listed(found, "and")}` : ""}.`,
    mend: "Choose a new name or an empty folder.",
  }),
  tooManyFiles: ({ folder, limit }) => ({
    what: `The folder ${quoted(folder, "you named")} holds too many files${has(limit) ? `, more than ${grouped(limit)}` : ""}.`,
    mend: "Choose the folder of the workspace itself, not one above it.",
  }),
  unreadableFile: ({ reason }) => ({
    what: `This file cannot be read${because(reason)}.`,
    mend: "Make sure that the file is there, closed in other programs and open to you, then try again.",
  }),
  fileTooLarge: ({ sizeBytes, limitBytes }) => ({
    what: `This file is too large${has(sizeBytes) ? `: ${megabytes(sizeBytes)}` : ""}${has(limitBytes) ? `, where at most ${megabytes(limitBytes)} are read` : ""}.`,
    mend: "Divide it into several files.",
  }),
  notUtf8: ({ guess }) => ({
    what: `The letters of this file cannot be read from here on, because it is not saved as UTF-8${has(guess) ? ` but as ${text(guess)}, it seems` : ""}.`,
    mend: "Open it in your editor and save it again with the encoding UTF-8.",
  }),
  tabIndentation: () => ({ what: "This line is indented with a tab.", mend: "Replace the tab by spaces, two for each level." }),
  duplicateKey: ({ key, firstLine }) => ({
    what: `${quoted(key, "This field")} is given twice${has(firstLine) ? `, first in line ${text(firstLine)}` : ""}.`,
    mend: "Keep one of the two lines.",
  }),
  yamlSyntax: ({ reason, found }) => lookup(syntaxMishaps, reason)?.(found) ?? syntaxMishap(found),
  formulaNeedsQuotes: ({ field, because: reason, suggestion }) => ({
    what: `The formula ${has(field) ? `of ${quoted(field)} ` : ""}must stand in quotation marks${needsQuotes(reason)}.`,
    mend: has(suggestion) ? `Write ${quoted(suggestion)}.` : "Put quotation marks before and after the whole formula.",
  }),
  textNeedsQuotes: ({ field, because: reason, suggestion }) => ({
    what: `The text ${has(field) ? `of ${quoted(field)} ` : ""}must stand in quotation marks${needsQuotes(reason)}.`,
    mend: has(suggestion) ? `Write ${quoted(suggestion)}.` : "Put quotation marks before and after the whole text.",
  }),
  unknownAlias: ({ name }) => ({
    what: `${starred(name)} refers to a part of this file that is not there.`,
    mend: "Write the part out in full, or put the text in quotation marks if the asterisk belongs to it.",
  }),
  aliasBomb: ({ name }) => ({
    what: `${starred(name)} repeats a part of this file so often that it grows beyond what can be read.`,
    mend: "Write out what is needed instead of repeating it.",
  }),
  unknownTag: ({ tag }) => ({
    what: `The exclamation mark in ${quoted(tag, "this text")} cannot be understood here.`,
    mend: "Put the whole text in quotation marks.",
  }),
  nestedTooDeep: () => ({
    what: "The entries of this file are nested too deeply.",
    mend: "Remove brackets and levels of indentation; a workspace needs only a few.",
  }),
  multipleDocuments: () => ({
    what: "The line `---` divides this file in two, and only the first part would be read.",
    mend: "Remove the line, or move the second part to a file of its own.",
  }),
  frontMatterUnclosed: () => ({
    what: "The fields at the head of this note begin with `---` but have no closing `---`, so all of it is read as text.",
    mend: "Add a line `---` after the last field.",
  }),
  notAMap: () => ({
    what: "A field name followed by a colon is expected here.",
    mend: "Begin with the name of a list or field, for example `questions:`.",
  }),
  notAList: ({ list }) => ({
    what: `${quoted(list, "This")} must be followed by a list.`,
    mend: "Begin every entry on a line of its own with a hyphen and a space, for example `- id: passes_gpt4`.",
  }),
  unknownList: ({ list, lists, suggestion }) => ({
    what: `There is no list ${called(list)} in a workspace.`,
    mend: has(suggestion)
      ? `Did you mean ${quoted(suggestion)}? Otherwise remove it.`
      : `Use one of the lists that exist (${listed(lists, "and", "such as `questions`")}), or remove it.`,
  }),
  settingsTwice: ({ firstFile, firstLine }) => ({
    what: `The settings of the workspace are given twice${has(firstFile) ? `, first in ${quoted(firstFile)}${has(firstLine) ? `, line ${text(firstLine)}` : ""}` : ""}.`,
    mend: "Keep `workspace:` in one file only.",
  }),
  settingsMissing: ({ folder }) => ({
    what: `The folder ${quoted(folder, "you named")} has entries but no settings.`,
    mend: "Add a file `workspace.yaml` that begins with `workspace:` and gives `id`, `name`, `asOf`, `currency` and `discountRate`.",
  }),
  streamsRepeated: ({ name, firstLine }) => ({
    what: `${quoted(name, "This name")} is listed twice${has(firstLine) ? `, first in line ${text(firstLine)}` : ""}.`,
    mend: "Remove the second one and leave the order of the others as it is.",
  }),
  referencesUnchecked: ({ files, count }) => ({
    what: `${count === 1 ? "One name was" : `${has(count) ? grouped(count) : "Some"} names were`} not looked up, because not all files could be read.`,
    mend: `Mend ${listed(files, "and", "the files with errors")} first, then check again.`,
  }),
  changedOnDisk: () => ({
    what: "Somebody has changed this file since it was read.",
    mend: "Load the workspace again and repeat the change.",
  }),
  placeNotFound: ({ kind }) => ({
    what: `The ${has(kind) ? itemKind(kind).one : "entry"} to be changed is no longer there.`,
    mend: "Load the workspace again and repeat the change.",
  }),
  editsOverlap: () => ({ what: "Two of the changes concern the same lines.", mend: "Make them one after the other." }),
  editRefused: ({ reason, path }) => ({
    what:
      reason === "alias"
        ? "This entry is written in another place of the file and only repeated here, so it was not changed."
        : `This change ${has(path) ? `of ${fieldName(path)} ` : ""}does not fit the way the file is written.`,
    mend: "Make the change in the file itself with an editor.",
  }),
  badFileName: ({ file }) => ({
    what: `${quoted(file, "This")} cannot be the name of a file in this place.`,
    mend: "Use a name such as `companies/minimax.yaml`, or one that ends in `.md` for a note.",
  }),
  fileExists: ({ file }) => ({
    what: `There is already a file called ${quoted(file, "this")}.`,
    mend: "Choose another name, or change the file that is there.",
  }),
  folderNotWritable: ({ folder, reason }) => ({
    what: `Nothing can be written to the folder ${quoted(folder, "you named")}${because(reason)}.`,
    mend: "Choose a folder of your own, or ask for the right to write there.",
  }),

  // How a formula is written
  emptyFormula: () => ({ what: "The formula is empty.", mend: "Write a number, an amount or a name, for example `2.5bn USD`." }),
  unexpectedCharacter: ({ found }) => ({
    what: `The character ${quoted(found, "here")} has no meaning in a formula.`,
    mend: "Remove it, or put quotation marks round an answer that contains it.",
  }),
  foreignOperator: ({ found, suggestion }) => ({
    what: `${quoted(found, "This sign")} is not used in formulas here.`,
    mend: `Write ${quoted(suggestion, "a sign that is used")} instead.`,
  }),
  malformedNumber: ({ found, suggestion }) => ({
    what: `${quoted(found, "This")} is not a proper number.`,
    mend: has(suggestion)
      ? `Did you mean ${quoted(suggestion)}? Digits are needed on both sides of the point.`
      : "Write digits with at most one decimal point, for example `1.5`.",
  }),
  numberTooLarge: ({ found }) => ({
    what: `The number ${quoted(found, "here")} is too large to compute with.`,
    mend: "Use a smaller number, or check the unit behind it.",
  }),
  commaInNumber: ({ found, suggestion }) => ({
    what: `The comma in ${quoted(found, "this number")} would divide it into two numbers.`,
    mend: `Write ${quoted(suggestion, "the number without the comma")}.`,
  }),
  unclosedText: ({ found }) => ({
    what: `The quotation mark before ${quoted(found, "this text")} is never closed.`,
    mend: "Add a quotation mark at the end of the text.",
  }),
  unexpectedToken: ({ found, expected }) => ({
    what: `${quoted(found, "This")} cannot stand here.`,
    mend: `${sentence(awaited(expected))} is expected here; add it, or remove ${quoted(found, "what stands there")}.`,
  }),
  unexpectedEnd: ({ expected }) => ({ what: "The formula ends too early.", mend: `Add what is missing at the end: ${awaited(expected)}.` }),
  missingOperator: ({ before, after }) => ({
    what: `Something is missing between ${quoted(before, "the first part")} and ${quoted(after, "the second")}.`,
    mend: `Put a sign between them, for example ${quoted(`${text(before) || "a"} * ${text(after) || "b"}`)}, or remove one of them.`,
  }),
  unclosedParenthesis: () => ({ what: "A bracket is opened here and never closed.", mend: "Add `)` where the bracket should end." }),
  unopenedParenthesis: () => ({ what: "There is a closing bracket too many.", mend: "Remove `)`, or add `(` where it should begin." }),
  chainedComparison: ({ operator, suggestion }) => ({
    what: `A second comparison with ${quoted(operator, "another sign")} follows the first, but only two things can be compared at a time.`,
    mend: `Join two comparisons by \`and\`${has(suggestion) ? `: ${quoted(suggestion)}` : ", for example `a < b and b < c`"}.`,
  }),
  unknownUnit: ({ found, suggestions }) => ({
    what: `${quoted(found, "This")} is not a unit.`,
    mend: `${meant(suggestions)}Units are ${listed(["k", "M", "bn", "万", "亿", "days", "months", "years", "%"], "and", "", 9)}, and currency codes such as \`USD\`.`,
  }),
  tooLarge: ({ limit }) => ({
    what: `The formula is too long${has(limit) ? `: it has more than ${grouped(limit)} parts` : ""}.`,
    mend: "Divide it into several quantities, each with a name of its own.",
  }),
  tooDeep: ({ limit }) => ({
    what: `The formula is nested too deep, with brackets inside brackets or sums of many terms${has(limit) ? ` beyond ${grouped(limit)} levels` : ""}.`,
    mend: "Divide it into several quantities, each with a name of its own.",
  }),

  // Names
  invalidName: ({ name }) => ({
    what: `${sentence(definition(name))} cannot be used as a name in formulas.`,
    mend: "Use letters, digits and underscores, beginning with a letter, for example `exit_multiple`.",
  }),
  reservedName: ({ name }) => ({
    what: `${quoted(name, "This word")} has a meaning of its own in formulas and cannot be a name.`,
    mend: `Choose another name, for example ${quoted(`${text(name) || "price"}_1`)}.`,
  }),
  duplicateName: ({ name }) => ({ what: `Two things are called ${definition(name)}.`, mend: "Give one of them another name." }),
  questionWithFormula: ({ name }) => ({
    what: `${sentence(definition(name))} is a question and cannot be computed by a formula as well.`,
    mend: "Remove the formula, or make it a quantity instead of a question.",
  }),
  cycle: ({ path }) => ({
    what: `${sentence(definition(Array.isArray(path) ? path[0] : path))} depends on itself${Array.isArray(path) && path.length > 2 ? `: ${chain(path)}` : ""}.`,
    mend: "Change one of these formulas so that it no longer uses the others.",
  }),
  unknownName: ({ name, suggestions }) => ({
    what: `Nothing here is called ${quoted(name, "this")}.`,
    mend: has(suggestions)
      ? `${meant(suggestions)}Otherwise add a question or quantity of this name.`
      : "Check the spelling, or add a question or quantity of this name.",
  }),
  unknownFunction: ({ name, suggestions }) => ({
    what: `There is no function ${called(name)}.`,
    mend: has(suggestions)
      ? `${meant(suggestions)}Otherwise remove it.`
      : "Check the spelling, or write `*` before the bracket if you meant to multiply.",
  }),
  functionNotCalled: ({ name, signature }) => ({
    what: `${quoted(name, "This function")} needs its inputs in brackets.`,
    mend: `Write ${quoted(signature, "the inputs in brackets behind it")}.`,
  }),
  notAFunction: ({ name }) => ({
    what: `${quoted(name, "This")} is a name, not a function, so no bracket can follow it.`,
    mend: "Remove the bracket, or write `*` before it if you meant to multiply.",
  }),

  // Inputs of functions
  wrongArgumentCount: ({ function: name, expected, found, signature }) => ({
    what: `${quoted(name, "This function")} takes ${inputs(expected)}, but ${has(found) ? `${text(found)} ${found === 1 ? "is" : "are"}` : "another number is"} given.`,
    mend: `Write it like ${quoted(signature, "the examples in the documentation")}.`,
  }),
  unknownArgument: ({ function: name, found, suggestions }) => ({
    what: `${quoted(name, "This function")} has no input ${called(found)}.`,
    mend: has(suggestions)
      ? `${meant(suggestions)}Otherwise remove the name and the colon.`
      : "Remove the name and the colon before the input.",
  }),
  duplicateArgument: ({ function: name, argument }) => ({
    what: `${quoted(name, "This function")} is given the input ${quoted(argument, "named here")} twice.`,
    mend: "Keep one of the two.",
  }),
  missingArgument: ({ function: name, argument, signature }) => ({
    what: `${quoted(name, "This function")} lacks ${has(argument) ? `its input ${quoted(argument)}` : "an input"}.`,
    mend: `Write it like ${quoted(signature, "the examples in the documentation")}.`,
  }),
  labelNeeded: ({ function: name, example }) => ({
    what: `Every input of ${quoted(name, "this function")} needs something before it, followed by a colon.`,
    mend: `Write it like ${quoted(example, "the examples in the documentation")}.`,
  }),

  // Kinds
  kindMismatch: ({ expected, found, what }) => ({
    what: `${sentence(demanded(what))} must be ${kinds(expected)}, but this is ${kind(found)}.`,
    mend: conversion(expected, found),
  }),
  operandsMismatch: ({ operator, left, right }) =>
    operator === "if"
      ? {
          what: `This \`if\` gives ${kind(left)} in one case and ${kind(right)} in the other.`,
          mend: "Let both cases give the same kind of thing.",
        }
      : {
          what: `${quoted(operator, "This sign")} cannot join ${kind(left)} and ${kind(right)}.`,
          mend:
            lookup(joining, operator) ??
            "Make both sides the same kind of thing, or divide by a unit such as `1 USD` or `1 year` to get a plain number.",
        },
  yesNoArithmetic: ({ operator, suggestion }) => ({
    what: `${quoted(operator, "This sign")} cannot be used with a yes/no answer as if it were a number.`,
    mend: `Write ${quoted(suggestion, "`if … then 1 else 0`")} instead.`,
  }),
  moneyWithoutCurrency: ({ found, suggestion }) => ({
    what: `${quoted(found, "This")} should be an amount of money, but its currency is missing.`,
    mend: `Write ${quoted(suggestion, "the currency behind it")}.`,
  }),
  durationWithoutUnit: ({ found, suggestion }) => ({
    what: `${quoted(found, "This")} should be a length of time, but its unit is missing.`,
    mend: `Write for example ${quoted(suggestion, "`18 months`")}, or use days, weeks or years.`,
  }),
  unknownCurrency: ({ found, known }) => ({
    what: `No exchange rate is known for ${quoted(found, "this currency")}.`,
    mend: `Add it under \`rates\` in the settings of the workspace, or use ${listed(known, "or", "a currency that has a rate")}.`,
  }),
  currencyWithoutAmount: ({ found, suggestion }) => ({
    what: `The currency ${quoted(found, "here")} stands without an amount.`,
    mend: `Write an amount with it, for example ${quoted(suggestion, "`USD 100`")}.`,
  }),
  choiceUnknownOption: ({ option, options, suggestions }) => ({
    what: `${quoted(option, "This")} is not one of the answers.`,
    mend: `${meant(suggestions)}The answers are ${listed(options, "and", "listed in the question")}.`,
  }),
  duplicateOption: ({ option }) => ({
    what: `The answer ${quoted(option, "here")} is listed twice.`,
    mend: "Keep it once, with the whole of its probability.",
  }),
  textOutsideComparison: ({ found }) => ({
    what: `The text ${quoted(found, "here")} can only be compared with the answer to a question.`,
    mend: `Write for example ${quoted(`leader is "${text(found) || "openai"}"`)}, or remove the quotation marks if it is a name.`,
  }),

  // Distributions
  notADistribution: ({ function: name, found }) => ({
    what: `${quoted(name, "This function")} needs an uncertain amount, but ${quoted(found, "this")} is not one.`,
    mend: "Write a range or a distribution, for example `5 to 50` or `normal(10, 2)`.",
  }),
  parameterMustBeConstant: ({ what }) => ({
    what: `${sentence(demanded(what))} must be fixed, but this differs from scenario to scenario.`,
    mend: "Write plain numbers, amounts or dates here, without questions or other uncertain things.",
  }),
  notFinite: ({ what, count, draws }) =>
    has(count)
      ? {
          what: `${sentence(definition(what))} grows beyond every limit in ${scenarios(count, draws)}.`,
          mend: "Look for a division by something close to zero, or for a date that may be `never`, and exclude that case.",
        }
      : {
          what: `${sentence(demanded(what))} must be an ordinary number, but this is infinite or \`never\`.`,
          mend: "Write an ordinary number, amount or date.",
        },
  probabilityOutsideUnit: ({ found, suggestion }) => ({
    what: `${quoted(found, "This")} does not lie between 0 and 1, as a probability must.`,
    mend:
      suggestion === "low" || suggestion === "high"
        ? `Write \`${suggestion}:\` for the ${suggestion === "low" ? "least" : "largest"} possible amount, or a probability strictly between 0% and 100%.`
        : has(suggestion)
          ? `Did you mean ${quoted(suggestion)}? Write the percent sign.`
          : "Write a probability between 0% and 100%, for example `65%`.",
  }),
  weightsNotPositive: ({ found }) => ({
    what: `The weight ${quoted(found, "here")} is not above zero.`,
    mend: "Write a weight above zero, for example `60%`, or remove this part.",
  }),
  weightsRescaled: ({ total }) => ({
    what: `The weights add up to ${percent(total, "something else")} instead of 100% and have been scaled to fit.`,
    mend: "Change them so that they make 100% together, if that is not what you want.",
  }),
  unassignedProbability: ({ assigned, unassigned }) => ({
    what: `The probabilities add up to ${percent(assigned, "something else")} instead of 100%.`,
    mend: !has(unassigned)
      ? "Change them so that they make 100% together."
      : Number(unassigned) > 0
        ? `Give the missing ${percent(unassigned)} to one of them, or in \`dates\` write \`never: ${percent(unassigned)}\`.`
        : `Take the ${percent(-Number(unassigned))} too much away from one of them.`,
  }),
  intervalOutOfOrder: ({ low, high }) => ({
    what:
      has(low) && has(high)
        ? `The lower end ${quoted(low)} does not lie below the upper end ${quoted(high)}.`
        : "The lower end does not lie below the upper end.",
    mend: "Write the smaller one first.",
  }),
  quantilesOutOfOrder: ({ found, after }) => ({
    what: `${quoted(found, "This")} comes after ${quoted(after, "a larger one")}, but each entry must be larger than the one before it.`,
    mend: "Put the entries in rising order.",
  }),
  metalogInfeasible: ({ kind: of, medianLow, medianHigh, probability }) => ({
    what: `No smooth distribution runs through all of these points${has(probability) ? `; the trouble lies ${troubleSpot(Number(probability))}` : ""}.`,
    mend:
      has(medianLow) && has(medianHigh)
        ? `Move the middle amount well between ${amount(of, medianLow)} and ${amount(of, medianHigh)}, or move the outer ones.`
        : "Move the points so that the steps between them change less abruptly, or leave one of them out.",
  }),
  distributionParameters: ({ family, reason, details }) => {
    const rule = lookup(parameterRules, reason) ?? (() => ({ what: "they do not go together", mend: "Check their order, sign and size." }));
    const { what, mend } = rule(quoted(inputAtFault(details), "one of them"));
    return { what: `These inputs cannot describe ${quoted(functionOf(family), "a distribution")}: ${what}.`, mend };
  },

  // Results
  textNeeded: ({ argument }) => ({
    what: `${quoted(argument, "This input")} is the name of something the workspace describes, and stands in double quotes.`,
    mend: 'Write it like this: `trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t", tokens: 10T)`.',
  }),
  unknownLabItem: ({ what, found, suggestions }) => ({
    what: `There is no ${itemKind(what).one} ${called(found)} in this workspace.`,
    mend: `${has(suggestions) ? `${meant(suggestions)}Otherwise describe` : "Describe"} ${itemKind(what).a} of this name under ${itemKind(what).list}.`,
  }),
  trainingUnpredicted: ({ lab, aiModel, reason }) => ({
    what: `Nobody can say how long ${quoted(lab, "this lab")} takes to train ${quoted(aiModel, "this AI model")}, because ${lookup(trainingReasonsEn, reason) ?? trainingReasonsEn.other}.`,
    mend: "Mend the description of the lab or of the AI model, or the amount of training data.",
  }),
  unknownChip: ({ found, nearest }) => ({
    what: `The catalogue has no accelerator ${called(found)}.`,
    mend: `${has(nearest) ? `The nearest are ${listed(nearest, "and")}. ` : ""}The command \`watershed lab chips\` lists all.`,
  }),
  unknownAiModel: ({ found, nearest }) => ({
    what: `No published AI model ${called(found)} is known, and this one gives no layers and width of its own.`,
    mend: `${has(nearest) ? `The nearest are ${listed(nearest, "and")}. Or give` : "Give"} \`layers\` and \`hidden\`, and what else is known of it.`,
  }),
  dimensionsMissing: () => ({
    what: "This AI model says neither which published one it is like nor how many layers and what width it has.",
    mend: "Add `like: DeepSeek-V3`, or `layers` and `hidden`.",
  }),
  formatNotOnChip: ({ chip, found, formats }) => ({
    what: `${quoted(chip, "This chip")} has no number format ${called(found)}.`,
    mend: `It has ${listed(formats, "and", "others")}.`,
  }),
  undefinedResult: ({ reason }) => {
    const why = lookup(undefinedReasons, reason) ?? undefinedReasons.undefinedInput;
    return { what: `This formula has no result, because ${why.what}.`, mend: why.mend };
  },
  undefinedDraws: ({ column, count, draws, operator }) => {
    const why = undefinedReasons[lookup(reasonOfOperator, operator) ?? "undefinedInput"];
    return { what: `${sentence(definition(column))} has no result in ${scenarios(count, draws)}, because ${why.what}.`, mend: why.mend };
  },

  // Where formulas, forecasts and cases meet
  forecastNotDistribution: ({ question, by }) => ({
    what: `The forecast of ${quoted(by, "this person")} on ${quoted(question, "the question")} depends on other uncertain things.`,
    mend: "Write fixed numbers or dates, for example `5 to 50` or `dates(2025-12-31: 40%, never: 60%)`.",
  }),
  probabilitiesNotWhole: ({ question, by, sum }) => ({
    what: `The probabilities of ${quoted(by, "this person")} on ${quoted(question, "the question")} add up to ${text(sum) || "something else"} instead of 100%.`,
    mend: "Change them so that they make 100% together.",
  }),
  beliefMissing: ({ question }) => ({
    what: `Nobody has a forecast on ${quoted(question, "this question")}.`,
    mend: "Add a forecast, or give the question a line such as `belief: 50%`.",
  }),
  correlationsImpossible: ({ questions, pair, rank, nearest }) => ({
    what: `The correlations between ${listed(questions, "and", "these questions")} contradict each other${has(rank) ? `, and ${text(rank)} between ${listed(pair, "and", "these two")} cannot hold beside the others` : ""}.`,
    mend: has(nearest)
      ? `Write \`rank: ${text(nearest)}\` here. Together with the other changes offered it can hold, and nothing nearer to what was written can.`
      : "Bring some of them closer to 0.",
  }),
  correlationNotDrawn: ({ question }) => ({
    what: `${quoted(question, "A question of this correlation")} is computed from other things, so it cannot be correlated directly.`,
    mend: "Correlate the questions it depends on instead, or give it forecasts of its own.",
  }),
  termNotConstant: ({ field }) => ({
    what: `${sentence(fieldName(field))} is on offer today and must be a fixed amount, but this differs from scenario to scenario.`,
    mend: "Write the amount itself, for example `2.5bn USD`.",
  }),
  actionNotFixed: ({ field }) => ({
    what: `${sentence(fieldName(field))} of an action must be a fixed amount, but this differs from scenario to scenario.`,
    mend: "Write the amount itself, for example `40k USD` or `80%`.",
  }),
  noiseNotPositive: ({ field }) => ({
    what: `${sentence(fieldName(field))} must be more than zero.`,
    mend: "Write how far the answer is usually off, for example `3 months` or `20%`; an answer without error is a data room without this line.",
  }),
  resultsNotWhole: ({ question, option, sum }) => ({
    what: `Where ${quoted(question, "the question")} turns out as ${quoted(option, "this option")}, the chances of what is named add up to ${text(sum) || "something else"} instead of 100%.`,
    mend: "Give every option a row of its own whose chances make 100% together.",
  }),
  riskNotFixed: ({ field }) => ({
    what: `${sentence(fieldName(field))} of the attitude to risk must be a fixed amount, but this differs from scenario to scenario.`,
    mend: "Write the amount itself, for example `40M USD`.",
  }),
  riskNotPositive: ({ field, least }) => ({
    what: `${sentence(fieldName(field))} of the attitude to risk must be ${text(least) === "0" ? "zero or more" : "above zero"}.`,
    mend: "Write a positive amount, for example `40M USD`.",
  }),
  casesTwice: ({ company, earlier }) => ({
    what: `The company ${quoted(company, "named here")} already has a case${has(earlier) ? `, ${quoted(earlier)}` : ""}.`,
    mend: "Keep one case per company and move all ways of waiting into it.",
  }),
  noCases: () => ({
    what: "No company has an investment case, so there is nothing to decide.",
    mend: "Add a case with an exit, a ticket and a price under `cases`. Its fields are shown by `watershed schema case`.",
  }),
  caseWithoutAlternative: ({ company }) => ({
    what: `The case of ${quoted(company, "this company")} offers nothing to choose, because \`now\`, \`stage\` and \`wait\` are all missing.`,
    mend: "Add the terms on offer today under `now`, or a trigger to wait for under `wait`. Without either the answer can only be to pass.",
  }),
  triggerLapsed: ({ trigger, deadline, day, companies }) => ({
    what: `The deadline of ${has(trigger) ? `the trigger ${quoted(trigger)}` : "this trigger"}${has(deadline) ? `, ${text(deadline)},` : ""} lies before ${dayOfRun(day)}, so ${listed(companies, "and", "the company")} can no longer wait for it, and the figures leave it out.`,
    mend: "Move its `deadline` to a later day, or take the wait for it out of the case.",
  }),
  exitPassed: ({ column, count, draws, day }) => ({
    what: `In ${scenarios(count, draws)} ${definition(column)} lies before ${dayOfRun(day)}, as if the company had been sold already.`,
    mend: "Write a later day, for example `today + 5 years`.",
  }),
  termNotPositive: ({ field, least }) =>
    least === "more"
      ? { what: `${sentence(fieldName(field))} must be more than nothing.`, mend: "Write what we would pay, for example `5M USD`." }
      : { what: `${sentence(fieldName(field))} cannot be less than nothing.`, mend: "Write zero or more, for example `30M USD`." },
  ticketAboveCompany: () => ({
    what: "The ticket is larger than the price of the whole company, old shares and new.",
    mend: "Lower the ticket, or raise `preMoney` or `newMoney`, which together are the worth of the company after the round.",
  }),
  infiniteMean: ({ cases, alternatives, index }) => ({
    what: `This distribution has so heavy a tail${has(index) ? ` (index ${text(index)})` : ""} that the worth ${worthOf(cases, alternatives)} has no mean. More scenarios only make the figure larger, and its error says nothing.`,
    mend: "Say what it cannot exceed, for example `truncate(..., high: USD 50bn)`, or write a lighter tail with an index above 1.",
  }),
  infiniteVariance: ({ cases, alternatives, index }) => ({
    what: `This distribution has so heavy a tail${has(index) ? ` (index ${text(index)})` : ""} that the worth ${worthOf(cases, alternatives)} has a mean but no variance. Rare scenarios decide it, and its standard error promises too much.`,
    mend: "Say what it cannot exceed, for example `truncate(..., high: USD 50bn)`, or write a lighter tail with an index above 2.",
  }),
  noAlternatives: () => ({ what: "There is nothing to choose from.", mend: "Add at least one alternative under `alternatives`." }),
};

const longestShown = 80;
export const mostListed = 6; // names in one list; the others are "…"

/** Whether a param says anything. */
export function has(value: Param): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** A param as it is, empty where it is missing. */
export function text(value: Param): string {
  return value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}

/** A row of a table by a param that may be any text. */
export function lookup<Row>(table: Record<string, Row>, key: Param): Row | undefined {
  return Object.hasOwn(table, text(key)) ? table[text(key)] : undefined;
}

/** A text on one line; something long is cut. */
export function shortened(value: Param): string {
  const line = text(value).replace(/\s+/g, " ").trim();
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}

/** What was found, in backticks. */
function quoted(value: Param, otherwise = "this"): string {
  if (!has(value)) return otherwise;
  return Array.isArray(value) ? listed(value, "and", otherwise) : `\`${shortened(value)}\``;
}

/** What a heavy tail reaches: cases of a workspace, or alternatives of a case file. */
function worthOf(cases: Param, alternatives: Param): string {
  return has(alternatives) ? `of the alternative ${listed(alternatives, "and")}` : `in the case ${listed(cases, "and", "it reaches")}`;
}

function called(name: Param): string {
  return has(name) ? `called ${quoted(name)}` : "of this name";
}

function listed(value: Param, conjunction: "and" | "or", otherwise = "these", most = mostListed): string {
  if (!has(value)) return otherwise;
  const all = Array.isArray(value) ? value : [String(value)];
  const shown = all.slice(0, most).map((one) => quoted(one));
  if (all.length > most) return `${shown.join(", ")}, …`;
  return shown.length < 2 ? shown[0] : `${shown.slice(0, -1).join(", ")} ${conjunction} ${shown.at(-1)}`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function meant(suggestions: Param): string {
  return has(suggestions) ? `Did you mean ${listed(suggestions, "or")}? ` : "";
}

/** A count with its thousands apart. */
export function grouped(value: Param): string {
  return Number.isFinite(Number(value)) ? Number(value).toLocaleString("en") : text(value);
}

/** A share as a percentage, `37.5%`. */
export function percent(share: Param, otherwise = ""): string {
  return has(share) ? `${Number((Number(share) * 100).toPrecision(6))}%` : otherwise;
}

/** An amount of a kind of which only a bare number of days, money or share is known. */
function amount(of: Param, value: Param): string {
  const number = Number(value);
  if (of === "date") return dayText(number);
  if (of === "duration") return `${grouped(Number(number.toPrecision(4)))} days`;
  return of === "probability" ? percent(Number(number.toPrecision(4))) : grouped(Number(number.toPrecision(4)));
}

function troubleSpot(probability: number): string {
  if (probability < 0.01) return "at the lower end";
  return probability > 0.99 ? "at the upper end" : `near ${percent(Number(probability.toPrecision(2)))}`;
}

/** A size of a file, `1.5 MB`. */
export function megabytes(bytes: Param): string {
  return `${Number((Number(bytes) / 1024 ** 2).toPrecision(3))} MB`;
}

/** The day that figures are seen from. */
function dayOfRun(day: Param): string {
  return has(day) ? `${text(day)}, the day of this decision` : "the day of this decision";
}

function scenarios(count: Param, draws: Param): string {
  if (!has(count)) return "some scenarios";
  return `${grouped(count)}${has(draws) ? ` of ${grouped(draws)}` : ""} scenarios`;
}

function entries(count: Param): string {
  return `${has(count) ? text(count) : "some"} ${text(count) === "1" ? "entry" : "entries"}`;
}

/** The last name of a path: `wait.0.preMoney` is preMoney, `sources.1` the second entry of sources. */
function fieldName(path: Param): string {
  const steps = text(path).split(".");
  const last = steps.at(-1)!;
  if (last === "") return "this entry";
  return /^\d+$/.test(last) && steps.length > 1 ? `entry ${Number(last) + 1} of ${quoted(steps.at(-2))}` : quoted(last);
}

/** Sources and facts are named as whoever collected them did. */
export function isCitation(path: Param): boolean {
  return /(?:^|\.)(?:sources|evidence|about)\.\d+$/.test(text(path));
}

const ownFieldExamples: Record<string, string> = {
  ...fieldExamples,
  name: "MiniMax",
  title: "Interview with the founder",
  text: "Will the next model pass GPT-4?",
  statement: "Scaling goes on until 2027.",
  zh: "in Chinese",
  criterion: "It leads the public ranking on that day.",
};

function fieldExample(path: Param, expected: Param): string {
  const last = text(path).split(".").at(-1)!;
  if (last === "" || /^\d+$/.test(last)) return "`id: passes_gpt4`";
  const choices = text(expected).includes(" | ") ? text(expected).split(" | ")[0] : undefined;
  return quoted(`${last}: ${choices ?? lookup(ownFieldExamples, last) ?? lookup(kindExamples, expected) ?? "…"}`);
}

/** A value of a file as found: its text, or that it is a list or a group of fields. */
function shape(found: Param): string {
  const words: Record<string, string> = { nothing: "empty", "a list": "a list", "a map": "a group of fields" };
  return lookup(words, found) ?? quoted(found, "something else");
}

const fieldKinds: Record<string, { noun: string; mend: string }> = {
  text: {
    noun: "one line of text",
    mend: "Write plain text or a formula after the colon, in quotation marks where it begins with a special character.",
  },
  number: { noun: "a number", mend: "Write a plain number after the colon, without quotation marks or unit." },
  int: { noun: "a whole number", mend: "Write a whole number, for example `1`." },
  boolean: { noun: "`true` or `false`", mend: "Write `true` or `false` after the colon." },
  array: { noun: "a list", mend: "Write a list, for example `[first, second]`, or begin every entry with a hyphen on a line of its own." },
  tuple: { noun: "a list of two", mend: "Write both in brackets, for example `[first, second]`." },
  "a formula": { noun: "a formula", mend: "Write a formula after the colon, for example `5 to 50`." },
  "a map of formulas": {
    noun: "a group of named formulas",
    mend: "Write a name, a colon and a formula on each line, for example `passes_gpt4: chance(65%)`, indented by two spaces.",
  },
  object: { noun: "a group of fields", mend: "Write its fields below, one on each line and indented by two more spaces." },
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
  return known ?? { noun: "something else", mend: "Compare it with the examples in the documentation." };
}

function bound(found: Param, limit: Param, side: Param): string {
  if (!has(limit)) return "within its limits";
  if (Number(found) === Number(limit)) return side === "most" ? `less than ${text(limit)}` : `more than ${text(limit)}`;
  return side === "most" ? `at most ${text(limit)}` : `at least ${text(limit)}`;
}

/** The share that a number probably means, 0.2 for the 20 of `20%`, where a share belongs; undefined where it means none. */
export function shareMeant({ found, limit, side }: ProblemParams): string | undefined {
  const isPercentage = side === "most" && Number(limit) >= 1 && Number(limit) <= 2 && Number(found) > 2 && Number(found) <= 100;
  return isPercentage ? String(Number(found) / 100) : undefined;
}

const itemKinds: Record<string, { one: string; a?: string; many: string; list: string }> = {
  person: { one: "person", many: "people", list: "`people`" },
  source: { one: "source", many: "sources", list: "`sources`" },
  fact: { one: "fact", many: "facts", list: "`facts`" },
  evidence: { one: "source or fact", many: "sources or facts", list: "`sources` or `facts`" },
  question: { one: "question", many: "questions", list: "`questions`" },
  forecast: { one: "forecast", many: "forecasts", list: "`forecasts`" },
  correlation: { one: "correlation", many: "correlations", list: "`correlations`" },
  thesis: { one: "thesis", many: "theses", list: "`theses`" },
  track: { one: "track", many: "tracks", list: "`tracks`" },
  criterion: { one: "criterion", many: "criteria", list: "`criteria` of a track" },
  company: { one: "company", many: "companies", list: "`companies`" },
  assessment: { one: "assessment", a: "an assessment", many: "assessments", list: "`assessments`" },
  round: { one: "financing round", many: "financing rounds", list: "`rounds`" },
  position: { one: "position", many: "positions", list: "`positions`" },
  lab: { one: "lab", many: "labs", list: "`labs`" },
  aiModel: { one: "AI model", a: "an AI model", many: "AI models", list: "`aiModels`" },
  quantity: { one: "quantity", many: "quantities", list: "`quantities`" },
  signal: { one: "signal", many: "signals", list: "`signals`" },
  knowable: { one: "question or signal", many: "questions or signals", list: "`questions` or `signals`" },
  trigger: { one: "trigger", many: "triggers", list: "`triggers`" },
  case: { one: "case", many: "cases", list: "`cases`" },
  action: { one: "action", a: "an action", many: "actions", list: "`actions`" },
  decision: { one: "decision", many: "decisions", list: "`decisions`" },
  resolution: { one: "resolution", many: "resolutions", list: "`resolutions`" },
  alternative: { one: "alternative", a: "an alternative", many: "alternatives", list: "`alternatives`" },
  study: { one: "study", many: "studies", list: "`studies`" },
  note: { one: "note", many: "notes", list: "`notes`" },
};

/** Why a training has no forecast, by the compute lab's code. */
const trainingReasonsEn: Record<string, string> = {
  notPositive: "the amount of training data must be above zero",
  doesNotFit: "it does not fit into the memory of the chips, however it is split",
  missing: "a dimension of the AI model is missing",
  unknownChip: "the chip is not in the catalogue",
  unknownName: "no published AI model has this name",
  precisionNotOnChip: "the chip lacks the number format",
  doesNotDivide: "the given split does not divide the AI model",
  productNotChips: "the given split does not divide the chips",
  other: "its description cannot be read",
};

/** The words for a kind of item, given as `question` or by its list, `questions`. */
function itemKind(kind: Param): { one: string; a: string; many: string; list: string } {
  const words = lookup(itemKinds, kind) ?? Object.values(itemKinds).find(({ list }) => list === `\`${text(kind)}\``);
  const known = words ?? { one: "entry", a: "an entry", many: "entries", list: "the list it belongs to" };
  return { a: `a ${known.one}`, ...known };
}

function questionKind(kind: Param): string {
  const words: Record<string, string> = { yesNo: "yes or no", number: "a number", date: "a date", oneOf: "one of several answers" };
  return lookup(words, kind) ?? "another kind of answer";
}

function qualityExample(kind: Param): string {
  if (kind === "oneOf") return "a line such as `hitRate: 60%`";
  if (kind === "date") return "a line such as `noise: 3 months`";
  return kind === "number" ? "a line such as `relativeNoise: 20%`" : "lines such as `sensitivity: 80%` and `specificity: 70%`";
}

function answerExample(field: Param, kind: Param): string {
  if (field === "probabilities") return "`probabilities: { openai: 60%, other: 40% }`";
  if (field !== "distribution") return "`probability: 65%`";
  return kind === "date" ? "`distribution: dates(2025-12-31: 40%, never: 60%)`" : "`distribution: 5 to 50`";
}

/** Why the system refused, from its short name for the failure. */
function because(reason: Param): string {
  const words: Record<string, string> = {
    EACCES: "you lack the right to",
    EPERM: "you lack the right to",
    ENOENT: "it is gone",
    EBUSY: "another program is using it",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is a file",
    ELOOP: "it points to itself",
    ENOSPC: "the disk is full",
    EROFS: "the disk is read-only",
  };
  if (!has(reason) || reason === "unknown") return "";
  return `, because ${lookup(words, reason) ?? `the system says ${quoted(reason)}`}`;
}

function needsQuotes(reason: Param): string {
  if (!has(reason)) return "";
  if (reason === ",") return ", because inside braces its commas end the field";
  return text(reason).trim() === ":" ? ", because it contains a colon" : `, because it begins with ${quoted(reason)}`;
}

function starred(name: Param): string {
  return has(name) ? quoted(`*${text(name)}`) : "The asterisk";
}

function syntaxMishap(found: Param): ProblemWording {
  return {
    what: has(found) ? `This line cannot be understood at ${quoted(found)}.` : "This line cannot be understood.",
    mend: "Write `name: text`, one field on each line, with two spaces for each level.",
  };
}

const syntaxMishaps: Record<string, (found: Param) => ProblemWording> = {
  quoteNotClosed: () => ({
    what: "A quotation mark is opened here and never closed.",
    mend: "Add the closing quotation mark, or remove the first one.",
  }),
  bracketNotClosed: () => ({
    what: "A bracket is opened here and never closed.",
    mend: "Add the closing bracket, or put the whole text in quotation marks.",
  }),
  indentation: () => ({
    what: "This line is not indented like the lines it belongs to.",
    mend: "Give lines that belong together the same number of spaces.",
  }),
  colonMissing: (found) => ({
    what: `A colon is missing ${has(found) ? `in ${quoted(found)}` : "on this line"}.`,
    mend: "Write the field name, a colon and a space, for example `name: MiniMax`.",
  }),
  reservedCharacter: (found) => ({
    what: `A text cannot begin with ${quoted(found, "this character")} here.`,
    mend: "Put the whole text in quotation marks.",
  }),
  badEscape: () => ({
    what: "The backslash inside these quotation marks cannot be understood.",
    mend: "Use single quotation marks, `'…'`, or write the backslash twice.",
  }),
  textAfterValue: (found) => ({
    what: `${quoted(found, "Something")} stands behind the end of what was expected here.`,
    mend: "Put the whole text in quotation marks, or remove what follows.",
  }),
  keyTooLong: () => ({
    what: "The text before the colon is too long to be a field name.",
    mend: "Put the whole text in quotation marks, or move it behind a field name.",
  }),
  listOnKeyLine: () => ({ what: "A list cannot begin on the line of its field name.", mend: "Begin the list on the next line." }),
};

/** What could have stood at a place in a formula. */
function awaited(expected: Param): string {
  const words: Record<string, string> = { operand: "a number or a name", operator: "a sign such as `+`", end: "the end of the formula" };
  const all = (Array.isArray(expected) ? expected : has(expected) ? [String(expected)] : ["operand"]).map(
    (one) => lookup(words, one) ?? quoted(one),
  );
  return all.length < 2 ? all[0] : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

function inputs(expected: Param): string {
  const range = text(expected);
  if (range.endsWith("+")) return `at least ${range.slice(0, -1)} ${range === "1+" ? "input" : "inputs"}`;
  return range === "" ? "another number of inputs" : `${range.replace("-", " to ")} ${range === "1" ? "input" : "inputs"}`;
}

const termsOfCase: Record<string, string> = {
  triggerDate: "the day of the trigger",
  ticketThen: "the ticket",
  preMoneyThen: "the pre-money price",
  newMoneyThen: "the size of the round",
  access: "the chance of getting in",
  aheadThen: "the claims ahead of ours",
};

const signalParts = new Set(["sensitivity", "specificity", "noise", "accuracy", "readOn"]);

/** A definition as people know it: names that were made for formulas are put back into words. */
function definition(name: Param): string {
  const parts = text(name).split(".");
  const [first, second] = parts;
  const third = parts.length > 2 ? parts.at(-1) : undefined;
  if (first === "forecast" && second === "prior") return `the belief on ${quoted(third)}`;
  if (first === "forecast" && second) return `the forecast of ${quoted(second)} on ${quoted(third)}`;
  if (first === "trigger" && second) return `the condition of the trigger ${quoted(second)}`;
  if (first === "action" && second)
    return `${quoted(third === "cost" ? third : text(name).split(".").at(-1))} of the action ${quoted(second)}`;
  if ((first === "alternative" || first === "study") && second) return `the ${first} ${quoted(second)}`;
  if (!third && signalParts.has(second)) return `${quoted(second)} of the signal ${quoted(first)}`;
  if (second === "stage" && parts.length === 3) return `${quoted(third)} of the first ticket in the case ${quoted(first)}`;
  if (third) return `${lookup(termsOfCase, third) ?? quoted(third)} in the case ${quoted(first)} when waiting for ${quoted(parts.at(-2))}`;
  return second ? `${quoted(second)} in the case ${quoted(first)}` : quoted(name, "this");
}

function chain(path: string[]): string {
  return path.length > mostListed ? `${path.slice(0, mostListed).map(definition).join(" → ")} → …` : path.map(definition).join(" → ");
}

/** What a kind was demanded of: the input of a function, an end of a range, a condition, or a whole definition. */
function demanded(what: Param): string {
  const places: Record<string, string> = {
    to: "an end of a range",
    if: "the condition after `if`",
    not: "what follows `not`",
    "-": "what follows the minus sign",
  };
  const words = text(what);
  const [name, part] = words.split(": ");
  if (words === "") return "this";
  if (part) return `${quoted(part)} in ${quoted(name)}`;
  return lookup(places, words) ?? (functionNames.has(words) ? `every input of ${quoted(words)}` : definition(words));
}

/** The names that formulas know as functions. */
export const functionNames = new Set(builtIns.filter(({ form }) => form === "function").map(({ name }) => name));

const kindWords: Record<string, string> = {
  number: "a number",
  probability: "a probability",
  money: "an amount of money",
  date: "a date",
  duration: "a length of time",
  yesNo: "a yes/no answer",
  choice: "one of several answers",
};

function kind(name: Param): string {
  const [, word, options] = /^(\w+)(?:\((.*)\))?$/.exec(text(name)) ?? [];
  if (word === "choice" && options) return `one of the answers ${listed(options.split(", "), "and")}`;
  return kindWords[word] ?? "something else";
}

function kinds(names: Param): string {
  const all = Array.isArray(names) ? names.map(kind) : [kind(names)];
  return all.length < 2 ? (all[0] ?? "something else") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

/** How to get from the kind that was found to the one that is needed. */
function conversion(expected: Param, found: Param): string {
  const needed = (Array.isArray(expected) ? expected : [text(expected)]).map((one) => one.replace(/\(.*/, ""));
  const given = text(found).replace(/\(.*/, "");
  const known = needed.map((one) => conversions[`${given} > ${one}`]).find((mend) => mend !== undefined);
  return known ?? `Write for example ${needed.map((one) => kindSamples[one]).find((sample) => sample !== undefined) ?? "`5 to 50`"}.`;
}

const conversions: Record<string, string> = {
  "number > money": "Put a currency behind the number, or multiply by an amount such as `1 USD`.",
  "number > duration": "Put a unit behind the number, or multiply by a length of time such as `1 year`.",
  "number > date": "Add a length of time to a date, for example `today + 18 months`.",
  "duration > date": "Add it to a date, for example `today + 18 months`.",
  "date > duration": "Take away another date, for example `exit_date - today`.",
  "date > number": "Take away another date and count, for example `years(exit_date - today)`.",
  "duration > number": "Count it, for example `years(18 months)`.",
  "money > number": "Divide it by an amount, for example `revenue / 1 USD`.",
  "yesNo > number": "Say what yes and no count for, for example `1 if passes_gpt4 else 0`.",
  "yesNo > probability": "Say the probability in each case, for example `80% if passes_gpt4 else 20%`.",
  "yesNo > money": "Say the amount in each case, for example `5bn USD if passes_gpt4 else 1bn USD`.",
  "yesNo > date": "Say the date in each case, for example `2026-06-30 if passes_gpt4 else never`.",
  "probability > yesNo": "Write `chance(65%)` to draw yes or no from a probability, or make a comparison.",
  "number > yesNo": "Make a comparison, for example `elo > 1300`.",
  "money > yesNo": "Make a comparison, for example `revenue > 100M USD`.",
  "date > yesNo": "Ask whether it comes in time, for example `ipo_date by 2026-12-31`.",
  "duration > yesNo": "Make a comparison, for example `delay < 6 months`.",
  "choice > yesNo": "Ask for one of the answers, for example `leader is openai`.",
};

const kindSamples: Record<string, string> = {
  number: "`3.5` or `5 to 50`",
  probability: "`65%`",
  money: "`2.5bn USD`",
  date: "`2026-06-30`",
  duration: "`18 months`",
  yesNo: "`elo > 1300`",
  choice: "`oneOf(openai: 60%, other: 40%)`",
};

const comparing = "Compare only things of one kind, for example `revenue > 100M USD`, or `leader is openai`.";
const joining: Record<string, string> = {
  "=": comparing,
  "!=": comparing,
  "<": comparing,
  "<=": comparing,
  ">": comparing,
  ">=": comparing,
  "+": "Add only things of one kind; to a date, add a length of time such as `18 months`.",
  "-": "Take away only things of one kind; from a date, a length of time such as `18 months` or another date.",
  "*": "Multiply by a plain number or a percentage.",
  "/": "Divide by a plain number, or an amount of money by another one.",
  "^": "Use plain numbers on both sides of `^`.",
  to: "Write both ends of the range in the same unit, for example `5bn USD to 50bn USD`.",
  by: "Write a date on both sides of `by`, for example `ipo_date by 2026-12-31`.",
  and: "Write a yes/no condition on both sides of `and`, for example `passes_gpt4 and elo > 1300`.",
  or: "Write a yes/no condition on both sides of `or`, for example `passes_gpt4 or elo > 1300`.",
};

const functionsByFamily: Record<string, string> = {
  bernoulli: "chance",
  categorical: "oneOf",
  piecewise: "dates",
  truncated: "truncate",
  censored: "censor",
  metalog: "quantiles",
};

/** The function that draws from a family, as formulas write it. */
export function functionOf(family: Param): Param {
  return lookup(functionsByFamily, family) ?? family;
}

/** What a distribution asks of its inputs; `input` is the one that fails. */
const parameterRules: Record<string, (input: string) => ProblemWording> = {
  parameterNotFinite: (input) => ({ what: `${input} is infinite or \`never\``, mend: "Write ordinary numbers, amounts or dates." }),
  standardDeviationNotPositive: () => ({
    what: "the spread must lie above zero",
    mend: "Write a spread above zero, for example `normal(10, 2)`.",
  }),
  shapeNotPositive: (input) => ({ what: `${input} must lie above zero`, mend: `Write a number above zero for ${input}.` }),
  scaleNotPositive: (input) => ({ what: `${input} must lie above zero`, mend: `Write something above zero for ${input}.` }),
  meanNotPositive: () => ({ what: "the mean must lie above zero", mend: "Write a mean above zero." }),
  probabilityOutsideUnit: () => ({ what: "a probability must lie between 0% and 100%", mend: "Write a probability such as `65%`." }),
  lowNotBelowHigh: () => ({ what: "the lower end must lie below the upper end", mend: "Write the smaller one first." }),
  modeOutsideRange: () => ({
    what: "the likeliest amount must lie between the lower and the upper end",
    mend: "Write the three in rising order: low, likeliest, high.",
  }),
  weightsNotPositive: () => ({
    what: "the weights must lie above zero",
    mend: "Write a weight above zero for each, or remove those without one.",
  }),
  trialsNotWhole: () => ({
    what: "the number of trials must be whole and at least 1",
    mend: "Write a whole number, for example `binomial(20, 30%)`.",
  }),
  tooFewPoints: () => ({ what: "there are too few points", mend: "Add another point." }),
  pointsOutOfOrder: () => ({ what: "the points must rise from one to the next", mend: "Put the points in rising order." }),
  cumulativeNotFromZeroToOne: () => ({
    what: "the probabilities must rise to 100%",
    mend: "Change the last probability, or give the rest to `never`.",
  }),
  metalogInfeasible: () => ({
    what: "no smooth distribution runs through these points",
    mend: "Move the points so that the steps between them change less abruptly.",
  }),
  truncationEmpty: () => ({
    what: "nothing of it lies between the two limits",
    mend: "Move the limits to where the distribution has something.",
  }),
  quantilesOutOfOrder: () => ({ what: "the amounts must rise with their probabilities", mend: "Put the entries in rising order." }),
  quantileOutsideBounds: () => ({ what: "every amount must lie between `low` and `high`", mend: "Move the amount or the bound." }),
};

const inputsByParameter: Record<string, string> = {
  standardDeviation: "sd",
  logStandardDeviation: "logSd",
  degreesOfFreedom: "df",
  trials: "n",
  probability: "p",
  never: "p",
};

/** The input of a distribution that is wrong, as formulas write it; empty where it is not one alone. */
export function inputAtFault(details: Param): string {
  const parameter = /parameter = (\w+)/.exec(text(details))?.[1] ?? "";
  return lookup(inputsByParameter, parameter) ?? parameter;
}

/** Why a step has no result, in the words of whoever wrote the formula. */
const undefinedReasons: Record<string, { what: string; mend: string }> = {
  logOfNonPositive: {
    what: "it takes the logarithm of zero or less",
    mend: "Keep what stands in `log` above zero, for example with `max(x, 1)`.",
  },
  sqrtOfNegative: {
    what: "it takes the square root of something below zero",
    mend: "Keep what stands in `sqrt` at zero or above, for example with `max(x, 0)`.",
  },
  powerOfNegative: {
    what: "it raises a number below zero to a broken power",
    mend: "Keep what stands before `^` above zero, or use a whole power.",
  },
  divisionByZero: { what: "it divides by zero", mend: "Keep the divisor away from zero, or decide that case with `if … then … else …`." },
  neverMinusNever: { what: "it takes `never` from `never`", mend: "Decide the case that something never comes with `if … then … else …`." },
  neverTimesZero: { what: "it multiplies `never` by zero", mend: "Decide the case that something never comes with `if … then … else …`." },
  neverDividedByNever: {
    what: "it divides `never` by `never`",
    mend: "Decide the case that something never comes with `if … then … else …`.",
  },
  discountRateTooLow: {
    what: "it discounts at a rate of -100% or less",
    mend: "Write a yearly rate above -100%, for example `discount(20%, 3 years)`.",
  },
  boundsOutOfOrder: { what: "the lower limit lies above the upper one", mend: "Keep the lower limit in `clip` below the upper one." },
  parametersOutOfRange: {
    what: "the inputs of a distribution leave their range",
    mend: "Keep spreads above zero and lower ends below upper ones, for example with `max(x, 0.1)`.",
  },
  overflow: { what: "it grows beyond every limit", mend: "Look for a very large power or a division by something close to zero." },
  never: {
    what: "it may be `never` where an ordinary number is needed",
    mend: "Decide the case that something never comes with `if … then … else …`.",
  },
  undefinedPower: { what: "the power is not defined there", mend: "Keep the numbers on both sides of `^` ordinary and above zero." },
  undefinedInput: {
    what: "something it is computed from has none",
    mend: "Look at the quantities it uses, and decide the odd case with `if … then … else …`.",
  },
};

/** The likeliest reason why an operator gives no result; codes of `undefinedReason` of the formula package. */
export const reasonOfOperator: Record<string, string> = {
  log: "logOfNonPositive",
  sqrt: "sqrtOfNegative",
  power: "undefinedPower",
  divide: "divisionByZero",
  add: "neverMinusNever",
  subtract: "neverMinusNever",
  sum: "neverMinusNever",
  multiply: "neverTimesZero",
  discount: "discountRateTooLow",
  clip: "boundsOutOfOrder",
  sampleWith: "parametersOutOfRange",
};
