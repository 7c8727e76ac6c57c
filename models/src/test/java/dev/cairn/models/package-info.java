/** Tests of the model's files and identity. */
@NullMarked
package dev.cairn.models;

import org.jspecify.annotations.NullMarked;
