import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, describe, test } from "node:test";
import SwaggerParser from "@apidevtools/swagger-parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { errors, operations, permissions, type ErrorCode, type OperationRow } from "@welby/contract";
import { createOpenApiDocument, errorCodesOf } from "@welby/contract/openapi";

type Json = Record<string, unknown>;
interface Operation extends Json {
  operationId: string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, { description: string; content?: Record<string, Json> }>;
  requestBody?: { content: Record<string, { schema: Json }> };
}
interface Document extends Json {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

const rows = Object.values(operations) as OperationRow[];
let document: Document;
before(() => {
  document = createOpenApiDocument({ version: "0.1.0", serverUrl: "http://localhost:8787" }) as Document;
});
const find = (row: OperationRow) => document.paths[row.path]?.[row.method.toLowerCase()];

describe("the OpenAPI document", () => {
  test("is valid 3.1 for @seriousme/openapi-schema-validator", async () => {
    const result = await new Validator().validate(structuredClone(document));
    assert.deepEqual(result.errors ?? [], []);
    assert.equal(result.valid, true);
    assert.match(document.openapi, /^3\.1\./);
  });

  test("is valid for @apidevtools/swagger-parser, every reference found", async () => {
    await SwaggerParser.validate(structuredClone(document) as never);
  });

  test("is clean for redocly, without a warning", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "welby-openapi-"));
    try {
      const file = path.join(folder, "openapi.json");
      await writeFile(file, JSON.stringify(document));
      const cli = path.join(
        path.dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
        "bin/cli.js",
      );
      const report = await new Promise<string>((resolve) => {
        const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
        execFile(
          process.execPath,
          [cli, "lint", "--format=json", file],
          { env, cwd: folder },
          (_error, stdout) => resolve(stdout),
        );
      });
      const { totals, problems } = JSON.parse(report) as {
        totals: Json;
        problems: { ruleId: string; location: { pointer?: string }[] }[];
      };
      const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ""}`);
      // A server on localhost is what a sandbox is.
      assert.deepEqual(
        found.filter((problem) => !problem.startsWith("no-server-example.com")),
        [],
      );
      assert.equal(totals["errors"], 0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("a broken document is found out: the validators do look", async () => {
    const broken = structuredClone(document);
    delete (Object.values(broken.paths)[0]?.["post"] as Json)["responses"];
    (broken["info"] as Json)["title"] = 7;
    assert.equal((await new Validator().validate(broken)).valid, false);
  });

  test("holds every operation of the table and no other", () => {
    const listed = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation.operationId),
    );
    assert.deepEqual(listed.sort(), rows.map((row) => row.id).sort());
  });

  test("says who may call, and which codes come back under which status", () => {
    for (const row of rows) {
      const operation = find(row);
      assert.deepEqual(operation?.["x-callers"], permissions[row.id]);
      const said = Object.entries(operation?.responses ?? {}).flatMap(([status, { description, content }]) =>
        content?.["application/problem+json"]
          ? description.split(", ").map((code) => [code, Number(status)])
          : [],
      );
      assert.deepEqual(said.map(([code]) => code).sort(), errorCodesOf(row).sort(), row.id);
      for (const [code, status] of said) assert.equal(errors[code as ErrorCode].status, status);
    }
  });

  test("asks for the headers that the server demands", () => {
    for (const row of rows) {
      const required = find(row)
        ?.parameters.filter((parameter) => parameter.in === "header" && parameter.required)
        .map((parameter) => parameter.name);
      const expected = [
        ...(row.clientless ? [] : ["Welby-Client"]),
        ...(row.idempotency === "required" ? ["Idempotency-Key"] : []),
        ...(row.ifMatch ? ["If-Match"] : []),
      ];
      assert.deepEqual(required?.sort(), expected.sort(), row.id);
    }
  });

  test("M8 bodies are closed, answers are open", () => {
    const closed = (schema: Json | undefined): boolean => {
      const name = (schema?.["$ref"] as string | undefined)?.split("/").at(-1);
      return (
        (name === undefined ? schema : document.components.schemas[name])?.["additionalProperties"] === false
      );
    };
    for (const row of rows) {
      if (row.body) assert.ok(closed(find(row)?.requestBody?.content["application/json"]?.schema), row.id);
    }
    for (const name of ["StaffMember", "PatientPage", "PatientGroup", "Problem", "SessionGrant"]) {
      assert.equal(document.components.schemas[name]?.["additionalProperties"], undefined, name);
    }
  });

  test("names what is shared, once: no schema appears a second time for answers", () => {
    const names = Object.keys(document.components.schemas);
    for (const name of ["StaffMember", "PatientRow", "PersonName", "Problem", "StaffId", "PatientSearch"])
      assert.ok(names.includes(name), name);
    assert.deepEqual(
      names.filter((name) => /Output$|^schema/i.test(name)),
      [],
    );
    assert.ok(JSON.stringify(document.paths).includes('"#/components/schemas/StaffMember"'));
  });

  test("is the same every time it is made", () => {
    assert.deepEqual(
      createOpenApiDocument({ version: "0.1.0", serverUrl: "http://localhost:8787" }),
      document,
    );
  });

  test("does not claim to be official", () => {
    const { description } = document["info"] as { description: string };
    assert.match(description, /proposal/);
    assert.match(description, /not an official API/);
  });
});
