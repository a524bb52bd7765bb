import { expect } from "@open-wc/testing";
import { CompositionController } from "../../src/controllers/composition.ts";
import { compose, confirmWithEnter, itWithIme } from "../support/ime.ts";

/** The order in which an engine reports the Enter that confirms a conversion. */
interface Order {
  readonly engine: string;
  readonly events: readonly (readonly [type: string, init?: KeyboardEventInit & { keyCode?: number }])[];
}

const ORDERS: readonly Order[] = [
  {
    engine: "Chromium",
    events: [
      ["compositionstart"],
      ["keydown", { key: "Process", keyCode: 229, isComposing: true }],
      ["compositionend"],
      ["keyup", { key: "Enter", keyCode: 13 }],
    ],
  },
  {
    engine: "Firefox",
    events: [
      ["compositionstart"],
      ["keydown", { key: "Process", keyCode: 229, isComposing: true }],
      ["compositionend"],
      ["keyup", { key: "Enter", keyCode: 13, isComposing: false }],
    ],
  },
  {
    engine: "Safari",
    events: [
      ["compositionstart"],
      ["compositionend"],
      ["keydown", { key: "Enter", keyCode: 229, isComposing: false }],
      ["keyup", { key: "Enter", keyCode: 13 }],
    ],
  },
  {
    engine: "an embedded WebKit without keyCode 229",
    events: [
      ["compositionstart"],
      ["compositionend"],
      ["keydown", { key: "Enter", keyCode: 13, isComposing: false }],
      ["keyup", { key: "Enter", keyCode: 13 }],
    ],
  },
];

function host() {
  const element = document.createElement("div");
  const input = document.createElement("input");
  element.append(input);
  document.body.append(element);
  const updates = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
  };
  const controller = new CompositionController(
    Object.assign(element, { ...updates, updateComplete: Promise.resolve(true) }),
  );
  controller.hostConnected();
  const entered: boolean[] = [];
  element.addEventListener("keydown", (event) => entered.push(!controller.owns(event)));
  return { element, input, controller, entered };
}

function fire(target: Element, [type, init = {}]: Order["events"][number]): void {
  const common = { bubbles: true, composed: true, cancelable: true };
  const event = type.startsWith("composition")
    ? new CompositionEvent(type, common)
    : new KeyboardEvent(type, { ...common, ...init });
  // Some engines ignore the deprecated field in the constructor.
  if (init.keyCode !== undefined) Object.defineProperty(event, "keyCode", { value: init.keyCode });
  target.dispatchEvent(event);
}

describe("the composition controller", () => {
  let made: ReturnType<typeof host>;
  beforeEach(() => (made = host()));
  afterEach(() => {
    made.controller.hostDisconnected();
    made.element.remove();
  });

  for (const { engine, events } of ORDERS) {
    it(`leaves the confirming Enter to the IME in the order of ${engine} (J-6)`, () => {
      for (const event of events) fire(made.input, event);
      expect(made.entered).to.deep.equal([false]);
    });

    it(`lets the next Enter through in the order of ${engine} (J-6)`, () => {
      for (const event of events) fire(made.input, event);
      fire(made.input, ["keydown", { key: "Enter", keyCode: 13 }]);
      expect(made.entered).to.deep.equal([false, true]);
    });
  }

  it("lets Enter through after a conversion that was confirmed by the mouse", async () => {
    fire(made.input, ["compositionstart"]);
    fire(made.input, ["compositionend"]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    fire(made.input, ["keydown", { key: "Enter", keyCode: 13 }]);
    expect(made.entered).to.deep.equal([true]);
  });

  it("knows while text is being composed", () => {
    fire(made.input, ["compositionstart"]);
    expect(made.controller.composing).to.equal(true);
    fire(made.input, ["compositionend"]);
    expect(made.controller.composing).to.equal(false);
  });

  it("forgets a composition that the element's removal cut off", () => {
    fire(made.input, ["compositionstart"]);
    made.controller.hostDisconnected();
    expect(made.controller.composing).to.equal(false);
    made.controller.hostConnected();
    fire(made.input, ["keydown", { key: "Enter", keyCode: 13 }]);
    expect(made.entered).to.deep.equal([true]);
  });

  itWithIme("leaves the confirming Enter to a real IME (J-6)", async () => {
    made.input.focus();
    await compose("やま");
    await confirmWithEnter("山");
    expect(made.entered).to.deep.equal([false]);
  });
});
