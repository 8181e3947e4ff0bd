import { mount } from "./page.tsx";

mount(document.getElementById("page")!);
