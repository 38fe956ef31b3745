export { type BlobInfo, BlobNotFound, type BlobRange, type Blobs, BlobTooLarge } from './blobs.ts';
export { folderBlobs } from './folder-blobs.ts';
