/** The files a record can be taken home as. */
export const exportFormats = ['docx', 'pdf', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];
