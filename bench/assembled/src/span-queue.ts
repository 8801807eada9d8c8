// The queue of 2,048 spans that is OpenTelemetry's default is full within milliseconds under the load of the bench. What
// it drops would not be paid for, so it gets room for all spans of a slice.
process.env['OTEL_BSP_MAX_QUEUE_SIZE'] = '131072';
