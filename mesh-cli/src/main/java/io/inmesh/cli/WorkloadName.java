package io.inmesh.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A workload as people name it, {@code NAMESPACE/WORKLOAD}. */
record WorkloadName(String namespace, String name) {

    /** Reads one from a command line. */
    static final class Converter implements ITypeConverter<WorkloadName> {

        @Override
        public WorkloadName convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new TypeConversionException("'" + text + "' is not NAMESPACE/WORKLOAD");
            }
            return new WorkloadName(parts[0], parts[1]);
        }
    }
}
