package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.Origin;

/**
 * What an analysis says of one resource.
 *
 * @param resource kind, namespace and name as written; empty where a file is meant
 */
public record Message(Code code, String resource, Origin origin, String text) {}
