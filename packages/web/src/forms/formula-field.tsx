import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { writtenMoney } from "../figures/written-money.ts";
import { useFormWords } from "./words.ts";

interface FormulaFieldProps {
  label: string;
  description?: string;
  placeholder?: string;
  required?: boolean;
  value: string;
  problem?: string;
  onChange: (typed: string) => void;
}

/** One line for an amount or another formula: what was typed is read back in words where it is an amount, and what is wrong with it is told below. */
export function FormulaField({ label, description, placeholder, required, value, problem, onChange }: FormulaFieldProps): ReactNode {
  const { forms, language } = useFormWords();
  const read = value.trim() === "" ? undefined : writtenMoney(value, language);
  const told = [description, read && !problem ? forms.read(read) : undefined].filter(Boolean).join(" ");
  return (
    <TextInput
      label={label}
      description={told || undefined}
      inputWrapperOrder={["label", "input", "description", "error"]}
      placeholder={placeholder}
      required={required}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--font-code)" } }}
      value={value}
      error={problem}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
