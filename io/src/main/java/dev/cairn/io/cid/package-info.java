/**
 * Names of content: multihash, multibase and CID, as the multiformats specifications define them.
 *
 * <p>{@link dev.cairn.io.cid.Cid} is the door. Nothing here knows what a block holds.
 */
@NullMarked
package dev.cairn.io.cid;

import org.jspecify.annotations.NullMarked;
