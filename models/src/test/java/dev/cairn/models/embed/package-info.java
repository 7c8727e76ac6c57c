/** Tests of the inference pool against ONNX Runtime itself. */
@NullMarked
package dev.cairn.models.embed;

import org.jspecify.annotations.NullMarked;
