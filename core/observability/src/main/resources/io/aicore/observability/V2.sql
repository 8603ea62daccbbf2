-- The name of the system this one is the Java home of: queries on its exports run on ours.
ALTER TABLE aicore_operation RENAME COLUMN retries TO retry_count;
-- Of requests repeated on a fresh connection, which are no attempts.
ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS resends INTEGER;
-- As logs and traces name the call: whoever has one of these ids finds the record.
ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS call_id VARCHAR(64);
ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS trace_id VARCHAR(64);
ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS span_id VARCHAR(64);
CREATE INDEX IF NOT EXISTS aicore_operation_call ON aicore_operation (call_id);
CREATE INDEX IF NOT EXISTS aicore_operation_trace ON aicore_operation (trace_id);
CREATE INDEX IF NOT EXISTS aicore_operation_request ON aicore_operation (attempt_request_id);
CREATE INDEX IF NOT EXISTS aicore_attempt_request ON aicore_attempt_row (request_id);
