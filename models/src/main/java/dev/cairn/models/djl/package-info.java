/** Models in a store for any program that uses DJL, by the class path alone. */
@NullMarked
package dev.cairn.models.djl;

import org.jspecify.annotations.NullMarked;
