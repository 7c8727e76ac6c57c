/** What is told of runs when they have ended: kept beside the store, for people and programs. */
@NullMarked
package dev.cairn.pipelines.report;

import org.jspecify.annotations.NullMarked;
