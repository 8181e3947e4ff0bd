import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";

interface SearchFieldProps {
  label: string;
  sought: string;
  seek: (text: string) => void;
}

const restMilliseconds = 200;

/** A field in which a list is searched. What is typed stands there at once, and is sought when the hand rests. */
export function SearchField({ label, sought, seek }: SearchFieldProps): ReactNode {
  const [typed, type] = useState(sought);
  const [adopted, adopt] = useState(sought);
  const [asked, ask] = useState(sought);
  // another text than the one that was asked for came from elsewhere: back, forward, a link
  if (adopted !== sought) {
    adopt(sought);
    if (sought !== asked) {
      type(sought);
      ask(sought);
    }
  }
  useEffect(() => {
    if (typed === sought) return;
    const rest = setTimeout(() => {
      ask(typed);
      seek(typed);
    }, restMilliseconds);
    return () => clearTimeout(rest);
  }, [typed, sought, seek]);
  return <TextInput size="xs" aria-label={label} placeholder={label} value={typed} onChange={({ target }) => type(target.value)} />;
}
