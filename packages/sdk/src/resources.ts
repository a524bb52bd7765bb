import type { Engine } from "./engine.ts";
import { paginate, type PageSource } from "./paginated.ts";
import type { ResourceFile, Unloaded } from "./resources/call.ts";

/** What a method answers: a promise, or a list of many pages. */
const one = 1;
const many = 2;

type Methods<L> = {
  readonly [K in keyof L]: L[K] extends (...input: never[]) => PageSource<unknown> ? typeof many : typeof one;
};

/** The methods of a client by name. What they do comes with their first call, from a file of `resources/`. */
export function createResources(engine: () => Promise<Engine>) {
  function from<L extends object>(file: () => Promise<ResourceFile<L>>, methods: Methods<L>): Unloaded<L> {
    const call = async (name: string, input: unknown[]) => {
      const loaded = (await (await engine()).resource(file)) as Record<
        string,
        (...input: unknown[]) => never
      >;
      return loaded[name]!(...input);
    };
    return Object.fromEntries(
      Object.entries(methods).map(([name, answers]) => [
        name,
        answers === many
          ? (...input: unknown[]) => paginate(() => call(name, input))
          : (...input: unknown[]) => call(name, input),
      ]),
    ) as Unloaded<L>;
  }

  return {
    auth: {
      ...from(() => import("./resources/passkeys.ts"), { startPasskeySignIn: one, signInWithPasskey: one }),
      ...from(() => import("./resources/password-resets.ts"), {
        requestPasswordReset: one,
        confirmPasswordReset: one,
      }),
    },
    me: {
      ...from(() => import("./resources/me.ts"), { get: one }),
      ...from(() => import("./resources/account.ts"), {
        update: one,
        changePassword: one,
        requestEmailChange: one,
        confirmEmailChange: one,
        withdraw: one,
        listSessions: one,
        endSession: one,
      }),
    },
    registrations: from(() => import("./resources/registrations.ts"), { request: one, confirm: one }),
    factors: from(() => import("./resources/factors.ts"), {
      list: one,
      startTotp: one,
      confirmTotp: one,
      startSms: one,
      confirmSms: one,
      startPasskey: one,
      addPasskey: one,
      remove: one,
      createRecoveryCodes: one,
    }),
    staff: {
      ...from(() => import("./resources/staff.ts"), {
        list: many,
        get: one,
        changeRole: one,
        previewRoles: one,
        changeRoles: one,
      }),
      ...from(() => import("./resources/staff-life-cycle.ts"), {
        add: one,
        update: one,
        remove: one,
        suspend: one,
        resume: one,
        resendInvitation: one,
        resetFactors: one,
        startPasswordReset: one,
        endSessions: one,
      }),
    },
    invitations: from(() => import("./resources/invitations.ts"), { confirm: one }),
    groups: from(() => import("./resources/groups.ts"), {
      list: many,
      get: one,
      create: one,
      update: one,
      delete: one,
      changeMembers: one,
    }),
    categories: from(() => import("./resources/categories.ts"), {
      list: many,
      create: one,
      update: one,
      delete: one,
      order: one,
    }),
    patients: from(() => import("./resources/patients.ts"), {
      search: many,
      get: one,
      getGroups: one,
      putGroups: one,
    }),
    institution: from(() => import("./resources/institution.ts"), { get: one, updateSettings: one }),
    audit: from(() => import("./resources/audit.ts"), { search: many, export: one }),
    notices: from(() => import("./resources/notices.ts"), { list: many, acknowledge: one }),
    incidents: from(() => import("./resources/incidents.ts"), { list: many }),
    meta: from(() => import("./resources/meta.ts"), { get: one, promises: one, passwordPolicy: one }),
  };
}
