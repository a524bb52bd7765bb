import type { OperationId } from "@welby/contract";

const id = "7f0c1f57-58a1-4d2b-8a43-0d5b2a5f4a11";

/** A valid body of each operation that takes one. */
export const bodies: Partial<Record<OperationId, Record<string, unknown>>> = {
  signIn: { audience: "staff", loginId: "a@example.jp", password: "x" },
  verifyMfa: { challenge: "c", method: "totp", code: "１２３４５６" },
  setInitialPassword: { newPassword: "asagao-tegami-koharu-8" },
  refreshToken: { refreshToken: "r" },
  reauthenticate: { refreshToken: "r", password: "x" },
  signOut: { refreshToken: "r" },
  requestPasswordReset: { audience: "patient", email: "a@example.jp" },
  confirmPasswordReset: { token: "t", newPassword: "asagao-tegami-koharu-8" },
  addStaff: { name: { family: "山田", given: "花子" }, email: "a@example.jp" },
  changeStaffRole: { role: "admin" },
  previewStaffRoles: { changes: [{ staffId: id, role: "staff", version: 1 }] },
  changeStaffRoles: {
    changes: [{ staffId: id, role: "staff", version: 1 }],
    confirmSelf: true,
    reason: "異動",
  },
  createGroup: { name: "外来A", categoryId: null },
  changeGroupMembers: { add: [id], remove: [] },
  searchPatients: { query: "さとう", sort: "-birthDate", limit: 200 },
  putPatientGroups: { groupIds: [id] },
};
