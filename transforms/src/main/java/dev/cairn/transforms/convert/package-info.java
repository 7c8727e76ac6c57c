/** Tables from one format to another, without loss or not at all. */
@NullMarked
package dev.cairn.transforms.convert;

import org.jspecify.annotations.NullMarked;
