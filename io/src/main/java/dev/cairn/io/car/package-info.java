/**
 * Content addressable archives: CARv1 and CARv2 with the sorted multihash index, read and written
 * as streams.
 *
 * <p>Sections and headers are checked against limits before anything is allocated, and every block
 * is hashed. Source: the CARv1 and CARv2 specifications of IPLD.
 */
@NullMarked
package dev.cairn.io.car;

import org.jspecify.annotations.NullMarked;
