package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlNode;

/**
 * One resource of a file, as written.
 *
 * @param namespace what it is of if it names none
 */
public record WrittenResource(YamlNode.Mapping root, String namespace) {}
