import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { ReactNode } from "react";

interface VirtualRowsProps<Item> {
  label: string; // of the list, for readers of the screen
  items: Item[];
  keyOf: (item: Item) => string;
  height: number; // of a row, in pixels, until it is measured
  row: (item: Item, place: number) => ReactNode;
}

/** A list of any length, of which only the rows near the window exist. */
export function VirtualRows<Item>({ label, items, keyOf, height, row }: VirtualRowsProps<Item>): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (place) => keyOf(items[place]),
  });
  return (
    <div ref={list} role="list" aria-label={label} style={{ height: virtual.getTotalSize(), position: "relative" }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => (
        <div
          key={key}
          role="listitem"
          aria-setsize={items.length}
          aria-posinset={index + 1}
          data-index={index}
          ref={virtual.measureElement}
          className="virtual-row"
          style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
        >
          {row(items[index], index)}
        </div>
      ))}
    </div>
  );
}
