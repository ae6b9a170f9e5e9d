package io.inmesh.cli;

import io.inmesh.control.analysis.message.Level;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Levels in any case, as istioctl takes them. */
final class LevelConverter implements ITypeConverter<Level> {

    @Override
    public Level convert(String value) {
        for (Level level : Level.values()) {
            if (level.name().equalsIgnoreCase(value)) {
                return level;
            }
        }
        throw new TypeConversionException("'" + value + "' is none of Info, Warning, Error");
    }
}
