/**
 * Whether a click is the second one of a double click. Whoever double-clicks the button that opens a question has not
 * answered it, even if the answer came to lie under the pointer.
 */
export const isSecondOfDouble = ({ detail }: MouseEvent): boolean => detail > 1;
