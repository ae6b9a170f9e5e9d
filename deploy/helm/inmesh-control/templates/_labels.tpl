{{- define "inmesh.labels" -}}
app.kubernetes.io/name: inmesh-control
app.kubernetes.io/part-of: inmesh
{{- end }}
