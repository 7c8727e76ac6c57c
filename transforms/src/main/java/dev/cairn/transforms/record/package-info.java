/**
 * Records: how any source's files become addresses in a plan, and documents again.
 *
 * <p>A {@link dev.cairn.transforms.record.RecordSource} says what a subject's records are; {@link
 * dev.cairn.transforms.record.AddressRecords} plans them. No PCollection here carries text.
 */
@NullMarked
package dev.cairn.transforms.record;

import org.jspecify.annotations.NullMarked;
