package io.inmesh.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the mesh that {@link MeshConfig} describes. */
final class MeshExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(MeshDecisions.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MeshConfig config = context.getRequiredTestClass().getAnnotation(MeshConfig.class);
        if (config == null) {
            throw new ParameterResolutionException(
                    context.getRequiredTestClass().getName() + " takes a MeshDecisions but has no @MeshConfig");
        }
        MeshDecisions.Builder mesh =
                MeshDecisions.builder().namespace(config.namespace()).caller(config.caller());
        for (String service : config.services()) {
            mesh.service(service);
        }
        for (String file : config.files()) {
            mesh.yaml(file, text(Path.of(file)));
        }
        return mesh.yaml("@MeshConfig", config.yaml()).build();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
