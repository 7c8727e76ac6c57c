/** Tests of the tokenizer against the native library's own view of whole texts. */
@NullMarked
package dev.cairn.models.token;

import org.jspecify.annotations.NullMarked;
