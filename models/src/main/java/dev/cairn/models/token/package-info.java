/**
 * Text to tokens, with the model's own tokenizer: ids for one text, or the spans of a text of any
 * length. Nothing is ever cut off without a word.
 */
@NullMarked
package dev.cairn.models.token;

import org.jspecify.annotations.NullMarked;
