/** Tests of what holds for the whole house. */
@NullMarked
package dev.cairn.runners;

import org.jspecify.annotations.NullMarked;
