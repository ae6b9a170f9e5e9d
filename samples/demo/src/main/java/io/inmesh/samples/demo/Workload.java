package io.inmesh.samples.demo;

/**
 * One process of the bookshop.
 *
 * @param name of its WorkloadGroup, and of its folder and log
 * @param app the service it belongs to, and its service account
 * @param version the subset
 * @param declaredPort the port in the WorkloadGroup as it stands in the folder of policies
 */
record Workload(String name, String app, String version, int declaredPort) {}
