"""Runs awscli's own validate-logs over a bucket of another endpoint, with keys of a file.

Usage: verify-in-awscli.py ENDPOINT BUCKET TRAIL-ARN START END KEYS
Prints what awscli prints; ends with its exit code.
"""

import json
import sys

from awscli.botocore.session import get_session
from awscli.customizations.cloudtrail.validation import CloudTrailValidateLogs, parse_date

endpoint, bucket, arn, start, end, keys = sys.argv[1:]
session = get_session()


class Buckets:
    def get_client(self, _name):
        return session.create_client("s3", "eu-west-1", endpoint_url=endpoint)


class Keys:
    def list_public_keys(self, **_span):
        with open(keys, encoding="utf-8") as file:
            return json.load(file)


command = CloudTrailValidateLogs(session)
command.trail_arn = arn
command.is_verbose = True
command.s3_bucket = bucket
command.start_time = command._found_start_time = parse_date(start)
command.end_time = parse_date(end)
command.s3_client_provider = Buckets()
command.cloudtrail_client = Keys()
command.organization_client = None
command._source_region = "eu-west-1"
command._call()
sys.exit(1 if command._invalid_digests or command._invalid_logs else 0)
