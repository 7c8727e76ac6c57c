/**
 * A model as content: from a reference to verified local files and an identity that tells when two
 * vectors may be compared. Usable by any DJL program; knows nothing of Beam or of datasets.
 */
@NullMarked
package dev.cairn.models;

import org.jspecify.annotations.NullMarked;
