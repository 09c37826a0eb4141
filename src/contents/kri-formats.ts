import { extensionOf } from './media-type.ts';

/**
 * Extensions of the formats of the Krajowe Ramy Interoperacyjności (annex 2; Dz.U. 2024 poz. 773, before 2012 poz. 526), the default of the setting
 * `contents.formats`. Written from the lists that public tenders quote, not from the annex itself: check it before relying on it. A file outside the list is
 * migrated all the same; the finding is a warning.
 */
export const KRI_EXTENSIONS: readonly string[] = [
  ...['txt', 'rtf', 'pdf', 'xps', 'odt', 'ods', 'odp', 'doc', 'xls', 'ppt', 'docx', 'xlsx', 'pptx', 'csv'],
  ...['jpg', 'jpeg', 'tif', 'tiff', 'geotiff', 'png', 'svg', 'jp2', 'dwg', 'dwf', 'dxf', 'dgn'],
  ...['wav', 'mp3', 'avi', 'mpg', 'mpeg', 'mp4', 'm4a', 'ogg', 'ogv'],
  ...['zip', 'tar', 'gz', 'gzip', '7z'],
  ...['html', 'xhtml', 'css', 'xml', 'xsd', 'gml', 'rng', 'xsl', 'xslt'],
  ...['xades', 'pades', 'cades', 'p7m', 'p7s', 'sig', 'asice', 'asics', 'sce', 'tsl'],
];

/** Whether the name's extension is in the list. A name without extension is not. */
export const isAllowedFormat = (name: string, allowed: ReadonlySet<string>): boolean => allowed.has(extensionOf(name));
