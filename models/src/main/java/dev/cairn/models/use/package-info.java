/** Models ready for use, wherever they are: beside this process or behind an endpoint. */
@NullMarked
package dev.cairn.models.use;

import org.jspecify.annotations.NullMarked;
