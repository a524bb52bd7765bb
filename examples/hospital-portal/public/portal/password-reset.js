import { speak } from "./language.js";

speak({ ja: {}, en: {} });
