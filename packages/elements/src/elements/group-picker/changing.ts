import { lazy } from "../../internal/lazy.ts";

/** What only those need who change something; whoever looks does not pay for it. */
export const loadChanging = lazy(() => import("./changing-part.ts"));
