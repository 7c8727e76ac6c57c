/**
 * Content-addressed storage for any Apache Beam program.
 *
 * <p>With this module on the class path every file-based IO reads {@code ipfs://CID/path} and
 * {@code ipns://NAME/path} (see {@link dev.cairn.io.beam.IpfsFileSystem}); {@link
 * dev.cairn.io.beam.IpfsIO} is for programs that want CIDs and receipts.
 */
@NullMarked
package dev.cairn.io.beam;

import org.jspecify.annotations.NullMarked;
