import { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, keymap } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import type { FormulaName } from "./formula-names.ts";

/** An editor of one formula. */
export interface FormulaView {
  mark: (problems: { from: number; to: number; severity: "error" | "warning"; message: string }[]) => void;
  destroy: () => void;
}

interface EditorOptions {
  source: string;
  label: string;
  names: () => FormulaName[]; // as they are when they are asked for
  onType: (source: string) => void;
  onEnter: () => void;
  onLeave: () => void;
}

/** Starts an editor in an element; Enter hands the formula in unless an input method composes or a completion is open. */
export function startEditor(parent: HTMLElement, { source, label, names, onType, onEnter, onLeave }: EditorOptions): FormulaView {
  const hand = (view: EditorView): boolean => {
    if (view.composing) return false;
    onEnter();
    return true;
  };
  const leave = (): boolean => {
    onLeave();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        history(),
        Prec.high(keymap.of(completionKeymap)),
        keymap.of([
          { key: "Enter", run: hand },
          { key: "Escape", run: leave },
          { key: "Ctrl-Space", run: startCompletion },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        autocompletion({ override: [completionsOf(names)], icons: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onType(update.state.doc.toString());
        }),
        colouring(names),
      ],
    }),
  });
  view.focus();
  return {
    mark: (problems) => {
      const { length } = view.state.doc;
      const within = problems.filter(({ from }) => from <= length);
      view.dispatch(
        setDiagnostics(
          view.state,
          within.map(({ to, ...problem }) => ({ ...problem, to: Math.min(length, Math.max(to, problem.from)) })),
        ),
      );
    },
    destroy: () => view.destroy(),
  };
}

function completionsOf(names: () => FormulaName[]): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const word = context.matchBefore(/[A-Za-z_][\w]*/);
    if (!word && !context.explicit) return null;
    const options = names().map(({ name, sort, signature, means }): Completion => ({
      label: name,
      detail: signature && signature !== name ? signature : sort,
      info: means,
      type: sort,
    }));
    return { from: word?.from ?? context.pos, options, validFor: /^\w*$/ };
  };
}

/** Questions, quantities, the language's own words and figures each have a look of their own. */
function colouring(names: () => FormulaName[]) {
  const sorts = new Map(names().map(({ name, sort }) => [name, sort]));
  const marks = new Map(
    ["question", "quantity", "function", "word", "figure"].map((sort) => [sort, Decoration.mark({ class: `formula-${sort}` })]),
  );
  const finder = new MatchDecorator({
    regexp: /[A-Za-z_]\w*|\d+(?:\.\d+)?%?/g,
    decoration: ([found]) => (/^\d/.test(found) ? marks.get("figure")! : (marks.get(sorts.get(found) ?? "") ?? null)),
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = finder.createDeco(view);
      }
      update(update: ViewUpdate): void {
        this.decorations = finder.updateDeco(update, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
