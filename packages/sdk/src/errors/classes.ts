import { WelbyError, type WelbyErrorFields } from "./welby-error.ts";

/** The server answered and refused. */
export class WelbyApiError extends WelbyError {
  constructor(message: string, fields: WelbyErrorFields) {
    super(message, fields, "WelbyApiError");
  }
}

/** No usable answer came: no connection, no time left, cancelled, or an answer that is not the service's. */
export class WelbyConnectionError extends WelbyError {
  constructor(message: string, fields: WelbyErrorFields) {
    super(message, fields, "WelbyConnectionError");
  }
}
