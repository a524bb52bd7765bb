import * as z from "zod/mini";
import { birthDate, sex } from "./account.ts";
import { opaqueSecret, password } from "./credentials.ts";
import { nameInput, typedName } from "./name.ts";

/** What a patient says on the page that the mail leads to. */
export const registrationInput = z.strictObject({
  token: opaqueSecret,
  name: nameInput,
  birthDate,
  sex,
  password,
  /** The version of the terms of use that the page showed; kept with the moment of the consent. */
  acceptedTermsVersion: typedName(50),
});
