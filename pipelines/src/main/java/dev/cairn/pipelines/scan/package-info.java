/**
 * Scans of the Hugging Face hub: what its API lists becomes a dataset of tables. The hub is asked
 * politely, a killed scan goes on where it was, and one that did not reach the end is none.
 */
@NullMarked
package dev.cairn.pipelines.scan;

import org.jspecify.annotations.NullMarked;
