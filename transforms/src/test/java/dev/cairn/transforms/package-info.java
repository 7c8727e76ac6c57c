/** Tests of what several rooms of the module promise together. */
@NullMarked
package dev.cairn.transforms;

import org.jspecify.annotations.NullMarked;
