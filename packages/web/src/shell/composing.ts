import type { KeyboardEvent as PageKeyboardEvent } from "react";

/** Whether a key belongs to an input method that is still composing: such keys choose characters and do nothing else. */
export function isComposing(event: { isComposing?: boolean; keyCode?: number; nativeEvent?: { isComposing: boolean } }): boolean {
  return event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229;
}

/** Does something on Enter, unless an input method is still composing. */
export function onEnter(act: () => void): (event: PageKeyboardEvent) => void {
  return (event) => {
    if (event.key === "Enter" && !isComposing(event)) {
      event.preventDefault();
      act();
    }
  };
}
